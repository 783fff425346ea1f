namespace KohaPatron.Core.Mapping.FirstSettings;

/// <summary>What a column of a report holds, counted; of its texts those that many people may share are kept while the report is looked at.</summary>
/// <param name="name">The column, as the settings name it.</param>
internal sealed class SurveyedColumn(string name)
{
    private const int MostTerms = 500;

    private readonly SortedSet<string> _terms = new(StringComparer.Ordinal);
    private long _mails;
    private long _numbers;
    private long _words;
    private long _flags;
    private long _logins;

    public string Name { get; } = name;

    /// <summary>How many people have something in it.</summary>
    public long Filled { get; private set; }

    /// <summary>Whether texts have semicolons, as lists in one cell do.</summary>
    public bool HasSemicolons { get; private set; }

    /// <summary>Whether everything is an e-mail address.</summary>
    public bool IsMail => Most(_mails);

    /// <summary>Whether everything is a number with some letters at most, and no word.</summary>
    public bool IsNumber => Most(_numbers);

    /// <summary>Whether everything is yes or no.</summary>
    public bool IsFlag => Most(_flags);

    /// <summary>Whether everything is one word without blanks.</summary>
    public bool IsWord => Most(_words);

    /// <summary>Whether most texts are what stands in front of the person's e-mail address.</summary>
    public bool IsLogin => Filled > 0 && _logins * 2 > Filled;

    /// <summary>The texts, each once; none where they are too many to be terms.</summary>
    public IReadOnlyCollection<string> Terms => _terms.Count > MostTerms ? [] : _terms;

    public void Add(string? value, HashSet<string> logins)
    {
        var text = value?.Trim();
        if (string.IsNullOrEmpty(text))
            return;
        Filled++;
        _mails += text!.IndexOf('@') > 0 && text.IndexOf(' ') < 0 ? 1 : 0;
        _numbers += text.Any(char.IsDigit) && text.Count(char.IsLetter) <= 2 ? 1 : 0;
        _words += text.IndexOf(' ') < 0 ? 1 : 0;
        _flags += text.ToUpperInvariant() is "1" or "0" or "TRUE" or "FALSE" or "YES" or "NO" or "Y" or "N" ? 1 : 0;
        _logins += logins.Contains(text) ? 1 : 0;
        HasSemicolons |= text.IndexOf(';') > 0;
        if (_terms.Count <= MostTerms)
            _terms.Add(text);
    }

    private bool Most(long count) => Filled > 0 && count * 10 >= Filled * 9;
}
