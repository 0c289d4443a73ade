namespace Feedback.Domain.Staff;

/// <summary>The roles of the hall, the ladder's in its order. Citizens have no account and no role.</summary>
public enum Role
{
    /// <summary>窗口人员.</summary>
    Handler,

    /// <summary>单位负责人.</summary>
    UnitHead,

    /// <summary>大厅值班长.</summary>
    HallSupervisor,

    /// <summary>分管领导.</summary>
    BureauLeader,

    /// <summary>纪检监察.</summary>
    Inspector,

    /// <summary>审计(只读).</summary>
    Auditor,

    /// <summary>系统管理员: runs the system, sees no case and no complainant.</summary>
    Admin,
}
