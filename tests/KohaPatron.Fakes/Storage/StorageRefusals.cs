using System.Globalization;

namespace KohaPatron.Fakes.Storage;

/// <summary>How the service says no: the test server in one way, the real one in another.</summary>
internal sealed class StorageRefusals(bool isReal)
{
    private const string Account = "feeds@example.iam.gserviceaccount.com";

    public StorageAnswer NoBucket(StorageCall call, string bucket) => isReal
        ? StorageAnswer.RealError(404, "notFound", "The specified bucket does not exist.", call.IsMedia)
        : StorageAnswer.TestError(404, $"Bucket {bucket} does not exist.");

    public StorageAnswer NoObject(StorageCall call, string bucket, string name) => isReal
        ? StorageAnswer.RealError(404, "notFound", $"No such object: {bucket}/{name}", call.IsMedia)
        : StorageAnswer.TestError(404, $"Live version of object {bucket}/{name} does not exist.");

    public StorageAnswer NoGeneration(StorageCall call, string bucket, string name, long generation) => isReal
        ? NoObject(call, bucket, name)
        : StorageAnswer.TestError(404, $"Could not find object {bucket}/{name}#{N(generation)} does not exist.");

    public StorageAnswer NoRange(StorageCall call) => isReal
        ? StorageAnswer.RealError(416, "requestedRangeNotSatisfiable", "The requested range cannot be satisfied.", call.IsMedia)
        : StorageAnswer.TestError(416, "request range not satisfiable");

    public StorageAnswer Precondition(StorageCall call, string name, long expected, long actual) => isReal
        ? StorageAnswer.RealError(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.", call.IsMedia)
        : StorageAnswer.TestError(412, $"{name} validation failed. Expected = {N(expected)} vs Actual = {N(actual)}.");

    public static StorageAnswer MayNotExist(StorageCall call, string right) => StorageAnswer.RealError(
        403, "forbidden", $"{Account} does not have {right} access to the Google Cloud Storage object. Permission '{right}' denied on resource (or it may not exist).", call.IsMedia);

    /// <summary>What stands in the way of reading a bucket, or null; the test server lets everybody.</summary>
    public StorageAnswer? Forbidden(StorageCall call, Bucket bucket, string right)
    {
        if (!isReal)
            return null;
        if (bucket.IsForbidden || (bucket.CannotList && right == "storage.objects.list"))
            return MayNotExist(call, right);
        if (bucket.PayerIsRefused)
            return StorageAnswer.RealError(403, "forbidden", $"{Account} does not have serviceusage.services.use access to the Google Cloud project. Permission 'serviceusage.services.use' denied on resource (or it may not exist).", call.IsMedia);
        return bucket.RequesterPays && call["userProject"] is null
            ? StorageAnswer.RealError(400, "required", "Bucket is requester pays bucket but no user project provided.", call.IsMedia)
            : null;
    }

    /// <summary>What is wrong with a request's token, or null.</summary>
    public StorageAnswer? Unauthorized(StorageCall call, TokenRoutes tokens)
    {
        if (!isReal)
            return null;
        var authorization = call.Headers.Authorization.ToString();
        if (authorization.Length > 0)
            return tokens.IsGood(authorization) ? null : StorageAnswer.RealError(401, "authError", "Invalid Credentials", call.IsMedia, namesHeader: true);
        return call.Segments is [_, _, "b"]
            ? StorageAnswer.RealError(401, "required", "Login Required", call.IsMedia, namesHeader: true)
            : StorageAnswer.RealError(401, "required", "Anonymous caller does not have storage.objects.get access to the Google Cloud Storage object. Permission 'storage.objects.get' denied on resource (or it may not exist).", call.IsMedia, namesHeader: true);
    }

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}
