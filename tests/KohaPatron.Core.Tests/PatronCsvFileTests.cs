using System.Globalization;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Tests;

public sealed class PatronCsvFileTests
{
    private static readonly Gen<string> GenValue = Gen.String[Gen.Char["abÄñ ,;\"'\t=-\\:{}/€\n\r\u2028\u0000"], 0, 20];

    /// <summary>What was written is what a reader of CSV gets, one physical line a row, but for line breaks that became spaces.</summary>
    [Fact]
    public void Every_value_comes_back() =>
        GenValue.Array[12].Array[0, 200].Sample(
            rows =>
            {
                var bytes = Loads.Csv(rows.Select(Row));
                var text = new System.Text.UTF8Encoding(false, true).GetString(bytes);
                Assert.Equal(rows.Length + 1, text.Split('\n').Length - 1);
                using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture));
                Assert.True(csv.Read());
                foreach (var row in rows)
                {
                    Assert.True(csv.Read());
                    Assert.Equal(row.Select(CellText.Flatten), csv.Record!);
                }
            },
            // Each file is flushed to the disk, which is what costs: few files, of many rows.
            iter: 60);

    private static KohaPatronRow Row(string[] values)
    {
        var row = new KohaPatronRow();
        for (var i = 0; i < values.Length; i++)
            KohaColumns.All[i].Set(row, values[i]);
        return row;
    }
}
