using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Fakes.Tests;

/// <summary>Does to the tests' Koha what the SQL before a recorded case did to the database.</summary>
internal static partial class RecordedSql
{
    public static void Run(string sql, ContractReplay replay)
    {
        foreach (var statement in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (InsertForm().Match(statement) is { Success: true } insert)
                Insert(replay.State, insert.Groups[1].Value, Row(insert.Groups[2].Value.Split(','), insert.Groups[3].Value));
            else if (UpdateForm().Match(statement) is { Success: true } update)
                Update(replay, update.Groups[1].Value, update.Groups[2].Value, Text(update.Groups[3].Value), Text(update.Groups[4].Value));
            else
                Other(replay.State, statement);
        }
    }

    private static void Insert(KohaState state, string table, Dictionary<string, string?> row)
    {
        switch (table)
        {
            case "borrower_attributes":
                state.AddAttribute(state.Find(Number(row["borrowernumber"]))!, row["code"]!, row["attribute"]);
                break;
            case "borrowers":
                // A row of the database alone: Koha had no hand in its notes.
                state.Add(new JsonObject
                {
                    ["surname"] = row["surname"],
                    ["userid"] = row["userid"],
                    ["library_id"] = row["branchcode"],
                    ["category_id"] = row["categorycode"],
                    ["date_enrolled"] = row["dateenrolled"],
                    ["expiry_date"] = row["dateexpiry"],
                    ["updated_on"] = row["updated_on"]!.Replace(' ', 'T') + "+00:00",
                    ["opac_notes"] = null,
                    ["staff_notes"] = null,
                });
                break;
            case "issues":
                state.Ties.Checkouts.Add(Number(row["borrowernumber"]));
                break;
            case "accountlines":
                state.Ties.Debts[Number(row["borrowernumber"])] = decimal.Parse(row["amountoutstanding"]!, CultureInfo.InvariantCulture);
                break;
            case "borrower_relationships":
                state.Ties.Guarantors.Add(Number(row["guarantor_id"]));
                break;
            case "user_permissions":
                Key(state, Number(row["borrowernumber"])).Grant("borrowers:" + row["code"]);
                break;
            case "categories":
                state.Categories.Add(new PatronCategory(row["categorycode"]!, row["description"]!, row["category_type"]!, Number(row["enrolmentperiod"])));
                break;
            case "borrower_attribute_types_branches":
                state.FindAttributeType(row["bat_code"]!)!.Libraries.Add(row["b_branchcode"]!);
                break;
            case "biblio" or "biblioitems" or "items":
                break;
            default:
                throw new InvalidOperationException($"What does a row of {table} mean?");
        }
    }

    private static void Update(ContractReplay replay, string table, string column, string? value, string? which)
    {
        var state = replay.State;
        switch (table, column)
        {
            case ("borrowers", "protected"):
                state.Find(Number(which))!["protected"] = true;
                break;
            case ("borrowers", "debarred"):
                state.Find(Number(which))!["restricted"] = true;
                break;
            case ("borrowers", "dateexpiry"):
                state.Find(Number(which))!["expiry_date"] = value;
                break;
            case ("borrowers", "flags") when value == "16":
                Key(state, Number(which)).Grant("borrowers");
                break;
            case ("borrower_attribute_types", "mandatory"):
                state.FindAttributeType(which!)!.Mandatory = true;
                break;
            case ("borrower_attribute_types", "is_date"):
                state.FindAttributeType(which!)!.IsDate = true;
                break;
            case ("systempreferences", _):
                Prefer(state.Preferences, which!, value!);
                break;
            case ("oauth_access_tokens", "expires"):
                replay.Tokens.RevokeAll();
                break;
            case ("api_keys", "active"):
                state.Clients.Clear();
                break;
            // The API does not look at a type's list of values.
            case ("borrower_attribute_types", "authorised_value_category"):
                break;
            default:
                throw new InvalidOperationException($"What does {table}.{column} mean?");
        }
    }

    private static void Prefer(Preferences preferences, string name, string value)
    {
        switch (name)
        {
            case "AnonymousPatron":
                preferences.AnonymousPatron = Number(value);
                break;
            case "autoMemberNum":
                preferences.NumbersCards = value == "1";
                break;
            case "RESTOAuth2ClientCredentials":
                preferences.IssuesTokens = value == "1";
                break;
            // The API does not look at these.
            case "BorrowerMandatoryField" or "CardnumberLength" or "Version":
                break;
            default:
                throw new InvalidOperationException($"What does the preference {name} mean?");
        }
    }

    private static void Other(KohaState state, string statement)
    {
        if (EachPermissionForm().Match(statement) is { Success: true } each)
        {
            foreach (var permission in new[] { "add_borrowers", "edit_borrowers", "delete_borrowers", "list_borrowers", "view_borrower_infos_from_any_libraries", "manage_patron_lists" })
                Key(state, Number(each.Groups[1].Value)).Grant("borrowers:" + permission);
        }
        else if (DeleteForm().Match(statement) is { Success: true } delete)
        {
            if (delete.Groups[1].Value == "user_permissions")
                Key(state, Number(delete.Groups[2].Value)).RevokeSingle();
        }
        else
        {
            throw new InvalidOperationException($"What does \"{statement}\" mean?");
        }
    }

    private static Permissions Key(KohaState state, int patron) => state.Clients.Find(client => client.PatronId == patron)!.Permissions;

    private static Dictionary<string, string?> Row(string[] columns, string values) =>
        columns.Zip(ValueForm().Matches(values).Select(value => Text(value.Value))).ToDictionary(pair => pair.First.Trim(), pair => pair.Second);

    private static string? Text(string literal) => literal.Length == 0 || literal == "NULL" ? null : literal.Trim('\'');

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^insert into (\w+)\(([^)]*)\) values\((.*)\)$")]
    private static partial Regex InsertForm();

    [GeneratedRegex(@"^update (\w+) set (\w+)=('[^']*'|\d+)(?: where \w+=('[^']*'|\d+))?$")]
    private static partial Regex UpdateForm();

    [GeneratedRegex(@"^insert ignore into user_permissions\(.*\) select (\d+),module_bit,code from permissions where module_bit=4$")]
    private static partial Regex EachPermissionForm();

    [GeneratedRegex(@"^delete from (\w+)(?: where borrowernumber=(\d+))?$")]
    private static partial Regex DeleteForm();

    [GeneratedRegex(@"'[^']*'|[^,']+")]
    private static partial Regex ValueForm();
}
