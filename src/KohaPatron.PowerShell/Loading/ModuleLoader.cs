using System.Management.Automation;

namespace KohaPatron.PowerShell.Loading;

/// <summary>
/// Runs when the module is imported. Core and everything under it lie in the dependencies folder, where PowerShell does not
/// look: they are loaded from there, apart from other modules' copies of the same libraries.
/// </summary>
public sealed class ModuleLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport()
    {
        DependencyResolver.Register();
        TypeNames.Register();
        SavedNames.Register();
        PropertyValueCompleter.Register();
    }

    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // The resolver stays: assemblies cannot be unloaded, and objects of ours may outlive the module.
        TypeNames.Unregister();
    }
}
