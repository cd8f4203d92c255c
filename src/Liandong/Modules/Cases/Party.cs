namespace Liandong.Modules.Cases;

public enum PartyKind { Enterprise, SoleTrader, Institution, SocialBody, OtherBody, NaturalPerson }

/// <summary>相对人: who applies, holds, is inspected or fined.</summary>
public sealed class Party
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required PartyKind Kind { get; init; }
    public string Name { get; private set; } = "";
    public string Initials { get; private set; } = "";

    /// <summary>Social credit code or other public code of a body, normalised; empty for a natural person.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The code does not follow its standard: kept and flagged, the row is never dropped.</summary>
    public bool CodeNonStandard { get; private set; }

    /// <summary>Resident identity number, encrypted at rest; empty for bodies.</summary>
    public string SealedNumber { get; private set; } = "";

    /// <summary>Masked for screens: 370102********1234.</summary>
    public string MaskedNumber { get; private set; } = "";

    /// <summary>
    /// By which a party is found again: the public code of a body, the keyed digest of a person's number (<see cref="PersonalNumberVault"/>),
    /// or, where neither is known, the body's name or the person's own case.
    /// </summary>
    public required string Key { get; init; }
    public string LegalPerson { get; private set; } = "";
    public string Address { get; private set; } = "";

    public void Describe(string name, string initials, string code, bool codeNonStandard, string legalPerson, string address) =>
        (Name, Initials, Code, CodeNonStandard, LegalPerson, Address) = (name, initials, code, codeNonStandard, legalPerson, address);

    public void KeepNumber(string sealedNumber, string masked) => (SealedNumber, MaskedNumber) = (sealedNumber, masked);

    /// <summary>Takes over what a later case says of the same party; what it leaves open stays. True when something changed.</summary>
    public bool Refresh(string name, string initials, string legalPerson, string address)
    {
        if (legalPerson.Length == 0) legalPerson = LegalPerson;
        if (address.Length == 0) address = Address;
        if (name == Name && legalPerson == LegalPerson && address == Address) return false;
        (Name, Initials, LegalPerson, Address) = (name, initials, legalPerson, address);
        return true;
    }
}
