namespace Feedback.Casework;

/// <summary>What happened to a case. The names are stored.</summary>
public enum CaseEventKind
{
    Filed,
    Accepted,
    Warned,
    Escalated,
    Answered,
    Declined,
    Paused,
    Resumed,
    ExtensionAsked,
    Extended,
    ExtensionRefused,
    HandOverOffered,
    HandOverAccepted,
    HandOverRefused,
    HandOverSilent,
    ArbitrationAsked,
    Arbitrated,
    MaterialAdded,
    PicturesAdded,
    Reminded,
    Withdrawn,
    Closed,
    Reopened,
    Appealed,
    AppealDecided,
    FirstAsked,
    NoticeIssued,
    DemandAsked,
    DemandRefused,
    Acknowledged,
    DeemedAccepted,
    DeemedAcceptanceRefused,
    Recomputed,
    Grouped,
    BadRatingOpened,
    BadRatingVerified,
    BadRatingSetRight,
    BadRatingCalledBack,
    BadRatingAppealed,
    BadRatingAppealDecided,

    /// <summary>查阅: somebody read a sealed case.</summary>
    Read,

    /// <summary>申请查看联系方式: somebody asked to see who filed the case.</summary>
    ContactAsked,

    ContactGranted,
    ContactRefused,

    /// <summary>Somebody who was granted it saw who filed the case; the citizen is told.</summary>
    ContactRead,

    /// <summary>Somebody wrote to the citizen through the system.</summary>
    CitizenWrittenTo,

    /// <summary>The citizen answered that.</summary>
    CitizenAnswered,

    /// <summary>A window had too many red cases in a short time; told to discipline inspection, and written in no case's history.</summary>
    WindowAlarm,
}
