using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>The modules' tables, in the notice's order (Program lists the same modules).</summary>
internal static class ModuleStorage
{
    public static void Map(ModelBuilder model)
    {
        AccountsStorage.Map(model);
        DirectoryStorage.Map(model);
        ItemsStorage.Map(model);
        CasesStorage.Map(model);
        LinkageStorage.Map(model);
        SupervisionStorage.Map(model);
        DocumentsStorage.Map(model);
        ConsultationsStorage.Map(model);
        PoliciesStorage.Map(model);
        AssistanceStorage.Map(model);
        ConferencesStorage.Map(model);
        DeskStorage.Map(model);
        OwnStorage.Map(model);
        LedgersStorage.Map(model);
        WebhookStorage.Map(model);
        AttachmentsStorage.Map(model);
    }
}
