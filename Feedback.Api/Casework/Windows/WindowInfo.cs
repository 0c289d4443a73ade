namespace Feedback.Casework.Windows;

/// <summary>A window with what the slices need of its hall and unit.</summary>
public sealed record WindowInfo(
    string Code,
    string Name,
    string NameEn,
    string HallCode,
    string HallName,
    string HallNameEn,
    string DepartmentCode,
    string DepartmentName,
    string DepartmentNameEn,
    string SupervisionPhone,
    string Promise,
    string PromiseEn);
