using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>New-KohaPatronSetting: a report that nobody has seen before goes to a clean import file by editing settings only.</summary>
public sealed class NewKohaPatronSettingTests : ModuleTest
{
    private const string Students = "Login;Given;Family;Mail;ID Nr;Level;Major 1;Major 2;Campus\r\n"
        + "anunez;Ana;Núñez;anunez@tenant.example;0071;Bachelor;\"Glass; Light\";Wood;Hill\r\n"
        + "bkim;Bo;Kim;bkim@tenant.example;0072;Master;Wood;;Hill\r\n"
        + "cwu;Cy;Wu;cwu@tenant.example;0073;Bachelor;\"Sound\nArt\";\"Glass; Light\";Hill\r\n";

    private string Target => Folder["koha-patron.json"];

    [Fact]
    public void A_csv_with_semicolons_utf_16_and_two_majors_goes_to_a_clean_import_file()
    {
        Folder.Write("Students.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Students)]);
        var made = Run("New-KohaPatronSetting $folder/Students.csv $folder/koha-patron.json").WithoutErrors();
        Assert.StartsWith("Written koha-patron.json: 8 of 10 fields of Students.csv recognised (\"Login\" is userName, \"Given\" is firstName, \"Family\" is lastName, \"ID Nr\" is universalId,", Assert.Single(made.Information));
        Assert.Contains("\"Major 1\" and \"Major 2\" are programs", made.Information[0]);
        var text = File.ReadAllText(Target);
        Assert.DoesNotContain("programSeparator", text);
        Assert.All(["anunez", "Núñez", "0071", "@tenant"], secret => Assert.DoesNotContain(secret, text));
        Assert.Contains("\"programs\": [\"Major 1\", \"Major 2\"]", text);
        FillIn(("\"library\"", "HILL"), ("\"Bachelor\"", "BA"), ("\"Master\"", "MA"), ("\"Glass; Light\"", "GL"), ("\"Wood\"", "WD"), ("\"Sound\\nArt\"", "SA"));
        Assert.Equal(
            ["HILL,0071,BA,Núñez,anunez,\"UNIVID:0071,STUDENTMAJ:GL\"", "HILL,0072,MA,Kim,bkim,\"UNIVID:0072,STUDENTMAJ:WD\"", "HILL,0073,BA,Wu,cwu,\"UNIVID:0073,STUDENTMAJ:SA\""],
            Load("Student"));
    }

    [Fact]
    public void A_json_report_with_other_names_goes_to_a_clean_import_file()
    {
        Folder.Write("people.json", """
            { "Report_Entry": [
              { "NetID": "dortiz", "Forename": "Dee", "Surname": "Ortiz", "EMail": "dortiz@other.example", "Campus_ID": "9001", "Career": "Undergrad", "Courses": [ { "Title": "Physics" }, { "Title": "Maths" } ] },
              { "NetID": "efox", "Forename": "Eli", "Surname": "Fox", "EMail": "efox@other.example", "Campus_ID": "9002", "Career": "Postgrad", "Courses": [ { "Title": "Maths" } ] } ] }
            """);
        Run("New-KohaPatronSetting $folder/people.json $folder/koha-patron.json -Type Student").WithoutErrors();
        FillIn(("\"library\"", "ISLE"), ("\"Undergrad\"", "UG"), ("\"Postgrad\"", "PG"), ("\"Physics\"", "PHY"), ("\"Maths\"", "MAT"));
        Assert.Equal(["ISLE,9001,UG,Ortiz,dortiz,\"UNIVID:9001,STUDENTMAJ:PHY\"", "ISLE,9002,PG,Fox,efox,\"UNIVID:9002,STUDENTMAJ:MAT\""], Load("Student"));
    }

    [Fact]
    public void Employees_with_yes_and_no_are_told_from_students()
    {
        Folder.Write("staff.csv", "Account,First name,Surname,E-mail,Person ID,Employed,Contractor,Staff group,Dept\nfdahl,Fi,Dahl,fdahl@t.example,11,Yes,No,Staff,Library\ngegg,Gu,Egg,gegg@t.example,12,No,N,Staff,Library\n");
        Run("New-KohaPatronSetting $folder/staff.csv $folder/koha-patron.json").WithoutErrors();
        FillIn(("\"library\"", "X"), ("\"Staff\"", "ST"), ("\"Library\"", "LIB"));
        Assert.Equal(["X,11,ST,Dahl,fdahl,\"UNIVID:11,FACDEPT:LIB\""], Load("Employee"));
    }

    [Theory]
    [InlineData(
        "Benutzername;Vorname;Nachname;Matrikelnummer;Personennummer;E-Mail-Adresse;Telefon;Abschluss;Studiengang 1;Studiengang 2",
        "userName firstName lastName studentId universalId email phone academicLevel primaryProgram programs")]
    [InlineData(
        "Nom d'utilisateur;Nom;Prénom;Numéro étudiant;Identifiant unique;Courriel;Téléphone;Niveau;Filière;Filière 2",
        "userName lastName firstName studentId universalId email phone academicLevel primaryProgram programs")]
    [InlineData(
        "Usuario;Nombre;Apellidos;Matrícula;Identificador;Correo electrónico;Teléfono;Nivel de estudios;Carrera;Carrera 2",
        "userName firstName lastName studentId universalId email phone academicLevel primaryProgram programs")]
    public void Reports_in_German_French_and_Spanish_are_recognised(string header, string words)
    {
        Folder.Write("students.csv", header + "\nkwagner;Käthe;Wagner;40001;9001;kwagner@t.example;555 0100;Bachelor;Glas;\nomeier;Otto;Meier;40002;9002;omeier@t.example;555 0101;Master;Holz;Glas\n");
        var fields = Run("New-KohaPatronSetting $folder/students.csv $folder/koha-patron.json; (Get-KohaPatronSetting exports.Student.fields -SettingsPath $folder/koha-patron.json) | ForEach-Object { $_.Name + '=' + $_.Value }").WithoutErrors();
        var columns = header.Split(';');
        Assert.Equal(
            words.Split(' ').Select((word, place) => $"exports.Student.fields.{word}={(word == "programs" ? string.Join(", ", columns[^2..]) : columns[place])}").Order(StringComparer.Ordinal),
            fields.Output.Select(field => field.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_is_there_stays_without_force_and_whatif_writes_nothing()
    {
        Folder.Write("Students.csv", Students);
        Run("New-KohaPatronSetting $folder/Students.csv $folder/koha-patron.json -WhatIf").WithoutErrors();
        Assert.False(File.Exists(Target));
        Folder.Write("koha-patron.json", "{}");
        Assert.StartsWith("SettingsExist", Run("New-KohaPatronSetting $folder/Students.csv $folder/koha-patron.json").Failure.FullyQualifiedErrorId);
        Assert.Equal("{}", File.ReadAllText(Target));
        Run("New-KohaPatronSetting $folder/Students.csv $folder/koha-patron.json -Force").WithoutErrors();
        Assert.Contains("Major 2", File.ReadAllText(Target));
    }

    /// <summary>What somebody does in an editor: the codes are filled in, and the slashes taken away.</summary>
    private void FillIn(params (string Term, string Code)[] codes)
    {
        var text = File.ReadAllText(Target);
        foreach (var (term, code) in codes)
        {
            var line = $"// {term}: \"\",";
            Assert.Contains(line, text);
            text = text.Replace(line, $"{term}: \"{code}\",");
        }

        File.WriteAllText(Target, text);
    }

    private IEnumerable<string> Load(string type)
    {
        var rows = Run(
            "$rows = Get-WorkdayPatron -Type $type -SettingsPath $s | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxNumber @() -SettingsPath $s; $rows | Export-KohaPatronCsv $folder/patrons.csv; Test-KohaPatronCsv $folder/patrons.csv -SettingsPath $s; $rows",
            ("type", type),
            ("s", Target)).WithoutErrors();
        Assert.Empty(rows.Warnings);
        return rows.Output.Select(row => string.Join(",", new[] { "branchcode", "cardnumber", "categorycode", "surname", "userid" }.Select(name => row.Properties[name].Value)) + $",\"{row.Properties["patron_attributes"].Value}\"");
    }
}
