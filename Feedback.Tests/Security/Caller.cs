namespace Feedback.Tests.Security;

/// <summary>Who sends a request. A citizen is not signed in.</summary>
internal enum Caller
{
    Citizen,
    Handler,
    UnitHead,
    HallSupervisor,
    BureauLeader,
    Inspector,
    Auditor,
    Admin,
}
