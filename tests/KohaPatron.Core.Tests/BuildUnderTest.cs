using System.Runtime.Versioning;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests;

public sealed class BuildUnderTest
{
    /// <summary>This project runs twice: once over each build of Core.</summary>
    [Fact]
    public void Is_the_one_that_the_project_names()
    {
#if NETSTANDARD_BUILD
        const string Expected = ".NETStandard,Version=v2.0";
#else
        const string Expected = ".NETCoreApp,Version=v8.0";
#endif
        var built = typeof(WorkdayPerson).Assembly.GetCustomAttributes(typeof(TargetFrameworkAttribute), false).Cast<TargetFrameworkAttribute>().Single();
        Assert.Equal(Expected, built.FrameworkName);
    }
}
