using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>A category of patrons.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">Its description.</param>
/// <param name="Type">A: adult, C: child, S: staff.</param>
/// <param name="EnrolmentMonths">How long a new patron stays.</param>
public sealed record PatronCategory(string Id, string Name, string Type, int EnrolmentMonths)
{
    internal static PatronCategory From(JsonObject category) => new(
        (string)category["category_id"]!, (string)category["description"]!, (string)category["category_type"]!, (int)category["enrolmentperiod"]!);

    /// <summary>As /patron_categories shows it.</summary>
    internal JsonObject ToJson()
    {
        var shown = new JsonObject
        {
            ["patron_category_id"] = Id,
            ["name"] = Name,
            ["category_type"] = Type,
            ["enrolment_period"] = EnrolmentMonths,
            ["block_expired_patron_opac_actions"] = "follow_syspref_BlockExpiredPatronOpacActions",
            ["can_place_ill_in_opac"] = true,
            ["check_prev_checkout"] = "inherit",
            ["default_privacy"] = "default",
        };
        foreach (var field in new[] { "can_be_guarantee", "change_password", "enforce_expiry_notice", "exclude_from_local_holds_priority", "force_password_reset_when_set_by_staff", "hide_lost_items", "lower_age_limit", "overdue_notice_required", "require_strong_password", "reset_password" })
            shown[field] = false;
        foreach (var field in new[] { "enrolment_fee", "enrolment_period_date", "min_password_length", "no_issues_charge", "no_issues_charge_guarantees", "no_issues_charge_guarantors_with_guarantees", "password_expiry_days", "reserve_fee", "upper_age_limit" })
            shown[field] = null;
        return shown;
    }
}
