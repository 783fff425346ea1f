namespace KohaPatron.TestData;

/// <summary>Names to invent people from: accents, apostrophes, hyphens and spaces as real exports have them.</summary>
internal static class Names
{
    public static readonly string[] First =
    [
        "Ana", "Bo", "Chloé", "Dee", "Eli", "Fatima", "Giang", "Håkon", "Imani", "José", "Keiko", "Łukasz", "Maya", "Noël", "Oya", "Priya",
        "Quinn", "René", "Søren", "Tomás", "Uma", "Vera", "Wen", "Xochitl", "Yusuf", "Zoë", "Mary Ann", "Jean-Luc", "Siân", "Đức",
    ];

    public static readonly string[] Last =
    [
        "Núñez", "Kim", "O'Brien", "Ortiz", "Fox", "García Márquez", "Nguyễn", "Müller", "Okafor", "Sørensen", "Tanaka", "Żak", "Lopez", "Chan",
        "Wu", "Patel", "Smith-Jones", "van der Berg", "D'Angelo", "Åström", "Ibáñez", "Kowalczyk", "Haddad", "Reyes", "Ito", "Brown", "Çelik", "Dvořák",
    ];
}
