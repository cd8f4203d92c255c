using Liandong.Kernel;

namespace Liandong.Modules.Consultations;

/// <summary>附件2 一(三): one organ, letters; several, a meeting; the joint conference when the others did not suffice.</summary>
public static class ConsultationForms
{
    /// <param name="organs">How many organs are asked, the starter not counted.</param>
    public static ConsultationForm Proposed(int organs) => organs == 1 ? ConsultationForm.Letter : ConsultationForm.CoordinationMeeting;

    /// <exception cref="Refusal">The form is not the one for so many organs.</exception>
    public static void Demand(ConsultationForm form, int organs)
    {
        switch (form)
        {
            case ConsultationForm.JointConference:
                throw new Refusal("consultation.joint-by-escalation", "先以函或者会议征求意见;确有必要的,再说明理由提请联席会议研究。", ConsultationsRules.Escalating, "Form");
            case ConsultationForm.Letter when organs > 1:
                throw new Refusal("consultation.needs-meeting", $"涉及{organs}个单位,应以工作对接会或者协调会的形式;只征求一个单位意见的才用函。", ConsultationsRules.Forms, "Form");
            case ConsultationForm.WorkingMeeting or ConsultationForm.CoordinationMeeting when organs == 1:
                throw new Refusal("consultation.needs-letter", "只涉及一个单位,以往来函的形式会商。", ConsultationsRules.Forms, "Form");
        }
    }
}
