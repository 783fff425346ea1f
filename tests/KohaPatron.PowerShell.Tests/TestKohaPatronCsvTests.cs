namespace KohaPatron.PowerShell.Tests;

public sealed class TestKohaPatronCsvTests : ModuleTest
{
    private const string Clean = "surname,userid,branchcode,categorycode,cardnumber\nKim,bkim,SF,STAFF,57426\n";
    private const string Shared = Clean + "Wu,cwu,SF,STAFF,57426\n";

    [Fact]
    public void A_file_is_checked_by_its_path()
    {
        var problem = Assert.Single(Run("Test-KohaPatronCsv $path", Shared).WithoutErrors().Output);
        Assert.Equal(
            ("3", "cwu", "cardnumber", "DuplicateCard", "Error"),
            (Text("Line"), Text("UserId"), Text("Column"), Text("Rule"), Text("Severity")));
        string? Text(string property) => problem.Properties[property].Value?.ToString();
    }

    [Theory]
    [InlineData("Test-KohaPatronCsv $path -Quiet")]
    [InlineData("Test-KohaPatronCsv -LiteralPath $path -Quiet")]
    [InlineData("[IO.FileInfo]$path | Test-KohaPatronCsv -Quiet")]
    [InlineData("$path | Test-KohaPatronCsv -Quiet")]
    public void Quiet_gives_one_answer(string script)
    {
        Assert.True((bool)Assert.Single(Run(script, Clean).WithoutErrors().Output).BaseObject);
        Assert.False((bool)Assert.Single(Run(script, Shared).WithoutErrors().Output).BaseObject);
    }

    [Fact]
    public void Rows_of_the_conversion_are_checked_as_the_file_they_become()
    {
        var export = Folder.Write("employee_data.json", """{"Report_Entry":[{"username":"bkim","last_name":"Kim","etype":"Staff","department":"Libraries","universal_id":"1","work_email":"b@example.edu"},{"username":"cwu","last_name":"Wu","etype":"Staff","department":"Libraries","universal_id":"1","work_email":"c@example.edu"}]}""");
        var script = """
            $rows = Get-WorkdayPatron $export | ConvertTo-KohaPatronCsv -End 2027-12-12 -IncludeSkipped -WarningAction Ignore
            $rows | Export-KohaPatronCsv $path
            "$($rows | Test-KohaPatronCsv)" -eq "$(Test-KohaPatronCsv $path)"
            $rows | Test-KohaPatronCsv
            """;
        var output = Engine.Run(script, ("export", export), ("path", Folder["patrons.csv"])).WithoutErrors().Output;
        Assert.True((bool)output[0].BaseObject);
        Assert.Equal("3", Assert.Single(output.Skip(1)).Properties["Line"].Value.ToString());
    }

    [Fact]
    public void Known_codes_are_held_against_the_rows()
    {
        var outcome = Run("Test-KohaPatronCsv $path -KnownLibrary MAIN -KnownCategory STAFF, UNDERGRAD", Clean).WithoutErrors();
        Assert.Equal("UnknownLibrary", Assert.Single(outcome.Each("Rule")));
    }

    [Fact]
    public void A_code_that_Koha_lacks_is_one_problem_with_all_its_lines()
    {
        var rows = string.Concat(Enumerable.Range(1, 538).Select(i => $"Kim,u{i},SF,STAFF\n"));
        var problem = Assert.Single(Run("Test-KohaPatronCsv $path -KnownLibrary MAIN", "surname,userid,branchcode,categorycode\n" + rows).WithoutErrors().Output);
        Assert.Equal("Koha has no library \"SF\", and refuses the row. So 538 rows: lines 2, 3, 4 and 535 more.", problem.Properties["Message"].Value);
        Assert.Equal(Enumerable.Range(2, 538), (IEnumerable<int>)problem.Properties["Lines"].Value);
    }

    [Theory]
    [InlineData("Universal ID,Prox ID\n1,2\n3,4\n")]
    [InlineData("""{"Report_Entry":[{"username":"bkim","universal_id":"1"}]}""")]
    [InlineData("{\n\"Report_Entry\": [\n{\"username\": \"bkim\",\n\"universal_id\": \"1\"}\n]\n}\n")]
    [InlineData("<!DOCTYPE html>\n<html>\n<body>\n")]
    public void What_is_no_patron_file_is_said_at_the_header_and_no_more(string text) =>
        Assert.Equal(["BadHeader"], Run("Test-KohaPatronCsv $path", text).WithoutErrors().Each("Rule"));

    [Theory]
    [InlineData("surname", "=HYPERLINK(1)", true)]
    [InlineData("surname", "@SUM(1)", true)]
    [InlineData("surname", "+cmd|x", true)]
    [InlineData("surname", "-1+A1", true)]
    [InlineData("phone", "+1 (415) 555-0100", false)]
    [InlineData("surname", "-", false)]
    [InlineData("surname", "Smith-Jones", false)]
    public void A_cell_that_a_spreadsheet_would_run_is_told(string column, string value, bool isTold) =>
        Assert.Equal(isTold ? [column] : [], Run("Test-KohaPatronCsv $path -KohaVersion 23.05 | Where-Object Rule -eq SpreadsheetFormula", $"surname,userid,branchcode,categorycode,phone\n{(column == "surname" ? value : "Kim")},bkim,SF,STAFF,{(column == "phone" ? value : "")}\n").WithoutErrors().Each("Column"));

    [Fact]
    public void A_hidden_character_is_told_with_its_column_and_place_and_without_the_value()
    {
        var problem = Assert.Single(Run("Test-KohaPatronCsv $path", "surname,userid,branchcode,categorycode\nK\u00A0im,bkim,SF,STAFF\n").WithoutErrors().Output);
        Assert.Equal(("surname", "HiddenCharacter"), (problem.Properties["Column"].Value, problem.Properties["Rule"].Value.ToString()));
        Assert.StartsWith("Character 2 is a no-break space (U+00A0)", problem.Properties["Message"].Value.ToString());
    }

    [Fact]
    public void Rows_of_something_else_are_said_once() =>
        Assert.Equal(["BadHeader"], Run("1..3 | ForEach-Object { [pscustomobject]@{ Colour = 'red' } } | Test-KohaPatronCsv", Clean).WithoutErrors().Each("Rule"));

    [Fact]
    public void Defaults_of_the_import_form_fill_blank_cells() =>
        Assert.Empty(Run("Test-KohaPatronCsv $path -Default @{ branchcode = 'SF'; categorycode = 'STAFF' }", "surname,userid\nKim,bkim\n").WithoutErrors().Output);

    [Theory]
    [InlineData("23.05", 0)]
    [InlineData("24.11", 1)]
    [InlineData("25.06", 0)]
    public void The_release_of_Koha_matters(string version, int problems) =>
        Assert.Equal(problems, Run($"Test-KohaPatronCsv $path -KohaVersion {version} | Where-Object Rule -eq Formula", "surname,userid,branchcode,categorycode,sort1\nKim,bkim,SF,STAFF,=x\n").WithoutErrors().Output.Count);

    [Fact]
    public void A_path_that_leads_nowhere_is_an_error_and_not_fine()
    {
        var outcome = Run("Test-KohaPatronCsv $path, nowhere.csv -Quiet", Clean);
        Assert.StartsWith("PathNotFound", Assert.Single(outcome.Errors).FullyQualifiedErrorId);
        Assert.False((bool)Assert.Single(outcome.Output).BaseObject);
    }

    [Theory]
    [InlineData("7,14")]
    [InlineData("'7,14'")]
    [InlineData("7")]
    public void The_preference_for_card_numbers_can_be_pasted_without_quotes(string preference) =>
        Assert.Equal(["CardNumberLength"], Run($"Test-KohaPatronCsv $path -CardNumberLength {preference}", Clean).WithoutErrors().Each("Rule"));

    [Fact]
    public void A_wrong_preference_ends_it() =>
        Assert.StartsWith("CardNumberLengthInvalid", Assert.Single(Run("Test-KohaPatronCsv $path -CardNumberLength seven", Clean).Errors).FullyQualifiedErrorId);

    [Fact]
    public void Other_objects_are_rows_by_their_property_names()
    {
        var outcome = Run("1..2 | ForEach-Object { [pscustomobject]@{ surname = 'Kim'; userid = 'bkim'; branchcode = 'SF'; categorycode = 'STAFF'; Colour = 'red' } } | Test-KohaPatronCsv", Clean).WithoutErrors();
        Assert.Equal(["UnknownColumn", "DuplicateUserId"], outcome.Each("Rule"));
    }

    [Fact]
    public void Something_that_is_no_row_is_an_error_and_not_fine()
    {
        var outcome = Run("1 | Test-KohaPatronCsv -Quiet", Clean);
        Assert.StartsWith("PatronCsvNotARow", Assert.Single(outcome.Errors).FullyQualifiedErrorId);
        Assert.False((bool)Assert.Single(outcome.Output).BaseObject);
    }

    private Outcome Run(string script, string csv) => Engine.Run(script, ("path", Folder.Write("patrons.csv", csv)));
}
