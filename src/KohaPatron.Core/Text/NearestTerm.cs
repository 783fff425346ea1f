using FuzzySharp;
using FuzzySharp.PreProcess;

namespace KohaPatron.Core.Text;

/// <summary>Finds the known terms that look most like a given one, for "did you mean" and for mapping suggestions.</summary>
internal static class NearestTerm
{
    private const int GoodEnough = 60;

    /// <summary>The most similar known terms, best first; none where nothing is similar.</summary>
    public static IReadOnlyList<string> Of(string term, IEnumerable<string> known, int most = 3) =>
        [.. known
            // In small letters beforehand: the library would make them by the rules of the user's language.
            .Select(candidate => (candidate, score: Fuzz.WeightedRatio(term.ToLowerInvariant(), candidate.ToLowerInvariant(), PreprocessMode.Full)))
            .Where(hit => hit.score >= GoodEnough)
            .OrderByDescending(hit => hit.score)
            .ThenBy(hit => hit.candidate, StringComparer.Ordinal)
            .Take(most)
            .Select(hit => hit.candidate)];
}
