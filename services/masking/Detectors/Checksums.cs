namespace Chaperone.Masking.Detectors;

/// <summary>Check digits. They promote a number without a label; they never clear one with a label.</summary>
internal static class Checksums
{
    private const string VinValues = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
    private static readonly int[] VinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

    /// <summary>Luhn (ISO/IEC 7812-1) over digits, with <paramref name="start"/> added to the sum.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits, int start = 0)
    {
        var sum = start;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit < 5 ? digit * 2 : (digit * 2) - 9;
        }

        return sum % 10 == 0;
    }

    /// <summary>True for nine digits in a range that the Social Security Administration gives out: no area 000, 666 or from 900 on, no group 00, no serial 0000.</summary>
    public static bool Ssn(ReadOnlySpan<char> digits) =>
        digits.Length == 9 && digits[0] != '9' && digits[..3] is not ("000" or "666") && digits[3..5] is not "00" && digits[5..] is not "0000";

    /// <summary>National Provider Identifier: ten digits, Luhn over 80840 and them.</summary>
    public static bool Npi(ReadOnlySpan<char> digits) => digits.Length == 10 && digits[0] is '1' or '2' && Luhn(digits, 24);

    /// <summary>DEA registration: two letters (the second may be 9) and seven digits.</summary>
    public static bool Dea(ReadOnlySpan<char> value)
    {
        if (value.Length != 9 || !char.IsAsciiLetter(value[0]) || !(char.IsAsciiLetter(value[1]) || value[1] == '9') || value[2..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var d = value[2..];
        var sum = (d[0] - '0') + (d[2] - '0') + (d[4] - '0') + (2 * ((d[1] - '0') + (d[3] - '0') + (d[5] - '0')));
        return sum % 10 == d[6] - '0';
    }

    /// <summary>Medicare Beneficiary Identifier: eleven characters in CMS's places, without dashes.</summary>
    public static bool Mbi(ReadOnlySpan<char> value)
    {
        // C A AN N A AN N A A N N
        const string Places = "CABNABNAANN";
        if (value.Length != 11)
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            var c = char.ToUpperInvariant(value[i]);
            var letter = char.IsAsciiLetterUpper(c) && c is not ('S' or 'L' or 'O' or 'I' or 'B' or 'Z');
            var digit = char.IsAsciiDigit(c);
            var fits = Places[i] switch
            {
                'C' => digit && c != '0',
                'N' => digit,
                'A' => letter,
                _ => letter || digit,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Vehicle Identification Number of North America: position 9 checks the rest.</summary>
    public static bool Vin(ReadOnlySpan<char> value)
    {
        if (value.Length != 17)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            var place = VinValues.IndexOf(char.ToUpperInvariant(value[i]));
            if (place < 0 || value[i] == '.')
            {
                return false;
            }

            sum += place % 10 * VinWeights[i];
        }

        var check = sum % 11;
        return char.ToUpperInvariant(value[8]) == (check == 10 ? 'X' : (char)('0' + check));
    }

    /// <summary>IBAN: mod 97 of ISO 13616, without blanks.</summary>
    public static bool Iban(ReadOnlySpan<char> value)
    {
        if (value.Length is < 15 or > 34 || !char.IsAsciiLetterUpper(value[0]) || !char.IsAsciiLetterUpper(value[1]) || !char.IsAsciiDigit(value[2]) || !char.IsAsciiDigit(value[3]))
        {
            return false;
        }

        var rest = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = char.ToUpperInvariant(value[(i + 4) % value.Length]);
            if (char.IsAsciiDigit(c))
            {
                rest = ((rest * 10) + (c - '0')) % 97;
            }
            else if (char.IsAsciiLetterUpper(c))
            {
                rest = ((rest * 100) + (c - 'A' + 10)) % 97;
            }
            else
            {
                return false;
            }
        }

        return rest == 1;
    }

    /// <summary>ABA routing number: nine digits, weights 3 7 1. Only those behind a 0: the other districts' cannot be told from SNOMED CT codes, which have nine digits and no 0 in front.</summary>
    public static bool Aba(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 9 || digits[0] != '0' || digits[1] == '0')
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += (digits[i] - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
        }

        return sum % 10 == 0;
    }

    /// <summary>IMEI with the type codes in use: fifteen digits, Luhn.</summary>
    public static bool Imei(ReadOnlySpan<char> digits) => digits.Length == 15 && (digits[..2] is "01" or "35" or "86" or "99") && Luhn(digits);

    /// <summary>Issuer prefixes of payment cards with the lengths that each issues; others are long codes such as those of SNOMED CT.</summary>
    public static bool CardIssuer(ReadOnlySpan<char> digits)
    {
        var two = int.Parse(digits[..2]);
        var four = int.Parse(digits[..4]);
        return digits.Length switch
        {
            13 => digits[0] == '4',
            14 => two is 36 or 38 or 39 || four is >= 3000 and <= 3059,
            15 => two is 34 or 37,
            16 => digits[0] is '4' or '6' || two is (>= 50 and <= 59) or 36 or 38 or 39 || four is (>= 2221 and <= 2720) or (>= 3528 and <= 3589),
            17 or 18 => digits[0] == '6' && two is 62 or 63 or 67,
            19 => digits[0] is '4' or '6' || two is >= 56 and <= 59,
            _ => false,
        };
    }
}
