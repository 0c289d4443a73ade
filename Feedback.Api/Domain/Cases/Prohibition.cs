namespace Feedback.Domain.Cases;

/// <summary>
/// What a complaint is about: the Ten Prohibitions (十不准), the headline taxonomy. Order and wording follow the provincial rules
/// quoted in the customer's source text (docs/domain.md "Complaints").
/// </summary>
public enum Prohibition
{
    /// <summary>一条线: law and discipline.</summary>
    LawAndDiscipline,

    /// <summary>一丝责: shirking.</summary>
    Shirking,

    /// <summary>一分钟: delay.</summary>
    Delay,

    /// <summary>一件事: nothing done.</summary>
    NothingDone,

    /// <summary>一个数: false figures.</summary>
    FalseFigures,

    /// <summary>一个人: rudeness.</summary>
    Rudeness,

    /// <summary>一条约: a broken promise.</summary>
    BrokenPromise,

    /// <summary>一趟路: needless trips.</summary>
    NeedlessTrips,

    /// <summary>一份礼: gifts.</summary>
    Gifts,

    /// <summary>一个样: no difference between good and bad work.</summary>
    NoDistinction,

    /// <summary>咨询: none of the ten; the case is a question or an application and complains of nobody.</summary>
    Question,

    /// <summary>差评: none of the ten; the case is the loop of a bad rating.</summary>
    BadRating,
}

public static class Prohibitions
{
    /// <summary>What a citizen can complain about, in the order of the rules.</summary>
    public static readonly IReadOnlyList<Prohibition> Ten = [.. Enum.GetValues<Prohibition>().Where(p => p is not (Prohibition.Question or Prohibition.BadRating))];
}

/// <summary>Whom the citizen wants to tell.</summary>
public enum Receiver
{
    /// <summary>大厅.</summary>
    Hall,

    /// <summary>局长信箱: the bureau director's mailbox.</summary>
    Director,

    /// <summary>纪检监察: discipline inspection directly.</summary>
    Discipline,
}

/// <summary>Who is complained about (回避): they, and everyone below them in the same unit, may not know of the case.</summary>
public enum Against
{
    /// <summary>窗口人员: whoever sits at the window.</summary>
    Window,

    /// <summary>单位负责人: the head of the window's unit, and so the unit.</summary>
    UnitHead,

    /// <summary>大厅值班长: the hall's supervisor, and so the hall.</summary>
    HallSupervisor,
}

/// <summary>The way a case travels, and so who may know of it: a role sees the lanes up to its own. The numbers are stored, and fewer people may know of a higher one.</summary>
public enum Lane
{
    /// <summary>The unit head answers; the hall sees it.</summary>
    Hall = 0,

    /// <summary>The hall supervisor answers; the unit does not see it, because its head is complained about.</summary>
    Supervisor = 1,

    /// <summary>The bureau leader answers; the hall does not see it.</summary>
    Director = 2,

    /// <summary>Discipline inspection answers; nobody else sees it.</summary>
    Sealed = 3,
}

/// <summary>The kinds of case and their limits (docs/domain.md "Time limits").</summary>
public enum CaseType
{
    Consultation,
    General,
    Complex,
    Urgent,
    Petition,
    Appeal,
}
