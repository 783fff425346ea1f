using System.Net;
using System.Text;
using KohaPatron.Core.Http;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>What the service's refusal means: by its status, and where that says too little by its words.</summary>
internal static class Refusal
{
    /// <summary>Of an object that was there a moment ago, "not found" means that it was deleted.</summary>
    public static async Task<Exception> OfAsync(HttpResponseMessage answer, StorageObject described)
    {
        var status = answer.StatusCode == HttpStatusCode.NotFound ? HttpStatusCode.PreconditionFailed : answer.StatusCode;
        if (HttpFaults.IsPassing(status))
            return new PassingAnswerException(status);
        // As bytes: the letters that an answer names may be nobody's.
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        return new KohaPatronException(NoticeOf(status, text, described.Address));
    }

    public static Notice NoticeOf(HttpStatusCode status, string text, StorageAddress address) => status switch
    {
        HttpStatusCode.BadRequest when text.Contains("requester pays") || text.Contains("UserProjectMissing") => StorageNotices.RequesterPays(address),
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden when text.Contains("serviceusage") || text.Contains("User project specified") => StorageNotices.ProjectRefused(address),
        HttpStatusCode.Unauthorized => StorageNotices.NotSignedIn(address),
        HttpStatusCode.Forbidden => StorageNotices.NoAccess(address, ServiceAccount(text)),
        HttpStatusCode.NotFound when address.IsFolder || text.Contains("bucket does not exist") || text.Contains($"Bucket {address.Bucket} does not exist") => StorageNotices.NoBucket(address),
        HttpStatusCode.NotFound => StorageNotices.NotFound(address),
        HttpStatusCode.PreconditionFailed => StorageNotices.Overwritten(address),
        _ when HttpFaults.IsPassing(status) => StorageNotices.Unreachable(address, new PassingAnswerException(status)),
        _ => StorageNotices.Refused(address, (int)status),
    };

    /// <summary>The account that the service names; a person's address is none of anybody's business.</summary>
    private static string? ServiceAccount(string text) => text.Split([' ', '"'], StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(word => word.EndsWith(".gserviceaccount.com", StringComparison.Ordinal));
}
