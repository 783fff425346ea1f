namespace KohaPatron.Core.Koha.Rest;

/// <summary>The names that a patron's fields have in the API, and the columns of Koha's database and import that they are.</summary>
internal static class KohaFieldNames
{
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["altaddress_address"] = "B_address",
        ["altaddress_address2"] = "B_address2",
        ["altaddress_city"] = "B_city",
        ["altaddress_country"] = "B_country",
        ["altaddress_email"] = "B_email",
        ["altaddress_notes"] = "contactnote",
        ["altaddress_phone"] = "B_phone",
        ["altaddress_postal_code"] = "B_zipcode",
        ["altaddress_state"] = "B_state",
        ["altaddress_street_number"] = "B_streetnumber",
        ["altaddress_street_type"] = "B_streettype",
        ["altcontact_address"] = "altcontactaddress1",
        ["altcontact_address2"] = "altcontactaddress2",
        ["altcontact_city"] = "altcontactaddress3",
        ["altcontact_country"] = "altcontactcountry",
        ["altcontact_firstname"] = "altcontactfirstname",
        ["altcontact_phone"] = "altcontactphone",
        ["altcontact_postal_code"] = "altcontactzipcode",
        ["altcontact_state"] = "altcontactstate",
        ["altcontact_surname"] = "altcontactsurname",
        ["category_id"] = "categorycode",
        ["check_previous_checkout"] = "checkprevcheckout",
        ["date_enrolled"] = "dateenrolled",
        ["date_of_birth"] = "dateofbirth",
        ["expiry_date"] = "dateexpiry",
        ["gender"] = "sex",
        ["incorrect_address"] = "gonenoaddress",
        ["last_seen"] = "lastseen",
        ["library_id"] = "branchcode",
        ["opac_notes"] = "opacnote",
        ["other_name"] = "othernames",
        ["patron_card_lost"] = "lost",
        ["postal_code"] = "zipcode",
        ["relationship_type"] = "relationship",
        ["secondary_email"] = "emailpro",
        ["secondary_phone"] = "phonepro",
        ["sms_number"] = "smsalertnumber",
        ["staff_notes"] = "borrowernotes",
        ["statistics_1"] = "sort1",
        ["statistics_2"] = "sort2",
        ["street_number"] = "streetnumber",
        ["street_type"] = "streettype",
    };

    /// <summary>The column of a field; most have the field's own name.</summary>
    public static string Column(string field) => Renamed.TryGetValue(field, out var column) ? column : field;
}
