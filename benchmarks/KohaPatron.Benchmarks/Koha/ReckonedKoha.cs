using System.Globalization;
using System.Text.Json.Nodes;
using KohaPatron.Fakes.Koha;
using KohaPatron.TestData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KohaPatron.Benchmarks.Koha;

/// <summary>
/// A Koha of any size, whose patrons are reckoned when they are asked for and not kept: the one of the tests looks through
/// all of them at each request. It gives the tests' records, for the few requests that a renewal needs.
/// </summary>
internal sealed class ReckonedKoha
{
    private readonly Dictionary<string, int> _numbers;
    private readonly HashSet<int> _renewed = [];
    private readonly JsonObject _empty = KohaState.Load(new FakeKohaOptions { Version = KohaVersion.V2506 }).Patrons[4];

    private ReckonedKoha(int people) => _numbers = Enumerable.Range(1, people).ToDictionary(UserId, StringComparer.Ordinal);

    /// <summary>Serves in a process of its own, whose memory is not that of the client; tells its address.</summary>
    public static async Task ServeAsync(int people)
    {
        var koha = new ReckonedKoha(people);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestLineSize = 16 * 1024);
        var app = builder.Build();
        app.Run(koha.AnswerAsync);
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api/v1");
        await app.WaitForShutdownAsync();
    }

    public static string UserId(int number) => (string)People.Student(number)["username"]!;

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var (status, json) = Answer(context.Request, body);
        if (json is JsonArray rows)
            context.Response.Headers["X-Total-Count"] = rows.Count.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json.ToJsonString());
    }

    private (int Status, JsonNode Json) Answer(HttpRequest request, string body)
    {
        var path = request.Path.ToString();
        if (path.EndsWith("/oauth/token", StringComparison.Ordinal))
            return (200, new JsonObject { ["access_token"] = "token", ["expires_in"] = 36_000, ["token_type"] = "Bearer" });
        var number = int.TryParse(path.Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
        if (HttpMethods.IsPut(request.Method) && number > 0)
        {
            lock (_renewed)
                _renewed.Add(number);
        }

        if (number > 0)
            return (200, Patron(number));
        return HttpMethods.IsGet(request.Method) ? (200, new JsonArray([.. Asked(request.Query["q"].ToString()).Select(Patron)])) : (404, new JsonObject { ["error"] = "Patron not found" });
    }

    /// <summary>The patrons of a q; those of a card are never asked for, for no card changes hands.</summary>
    private IEnumerable<int> Asked(string query)
    {
        if (query.Length == 0)
            return [];
        var (field, values) = JsonNode.Parse(query)!.AsObject().Last();
        return field switch
        {
            "userid" => values!.AsArray().Select(each => _numbers.GetValueOrDefault((string)each!)).Where(number => number > 0),
            "me.patron_id" => values!.AsArray().Select(each => int.Parse((string)each!, CultureInfo.InvariantCulture)),
            _ => [],
        };
    }

    private JsonNode Patron(int number)
    {
        bool isRenewed;
        lock (_renewed)
            isRenewed = _renewed.Contains(number);
        var person = People.Student(number);
        var patron = _empty.DeepClone().AsObject();
        patron["patron_id"] = number;
        patron["userid"] = (string)person["username"]!;
        patron["surname"] = (string)person["last_name"]!;
        patron["firstname"] = (string)person["first_name"]!;
        patron["cardnumber"] = (10_000 + number).ToString(CultureInfo.InvariantCulture);
        patron["category_id"] = "UNDERGRAD";
        patron["expiry_date"] = isRenewed ? "2026-12-18" : "2026-05-31";
        patron["extended_attributes"] = new JsonArray();
        return patron;
    }
}
