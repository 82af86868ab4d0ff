"""The form of every act on a dossier."""

from dossiers.access import Act
from dossiers.forms.acts import (
    AcceptForm,
    ActForm,
    AddFileForm,
    ApproveForm,
    AssignForm,
    ProposeForm,
    RefuseForm,
    ReturnForm,
    SendBackForm,
    TakeForm,
    TransferForm,
)
from dossiers.forms.halting import (
    DeclineForm,
    PauseForm,
    ReceiveSupplementForm,
    RequestSupplementForm,
    ResumeForm,
    SettleFeesForm,
    StopForm,
    WithdrawForm,
)

FORMS: dict[Act, type[ActForm]] = {
    Act.ACCEPT: AcceptForm,
    Act.REFUSE: RefuseForm,
    Act.TRANSFER: TransferForm,
    Act.TAKE: TakeForm,
    Act.ASSIGN: AssignForm,
    Act.PROPOSE: ProposeForm,
    Act.SEND_BACK: SendBackForm,
    Act.APPROVE: ApproveForm,
    Act.RETURN: ReturnForm,
    Act.ADD_FILE: AddFileForm,
    Act.REQUEST_SUPPLEMENT: RequestSupplementForm,
    Act.RECEIVE_SUPPLEMENT: ReceiveSupplementForm,
    Act.SETTLE_FEES: SettleFeesForm,
    Act.PAUSE: PauseForm,
    Act.RESUME: ResumeForm,
    Act.DECLINE: DeclineForm,
    Act.STOP: StopForm,
    Act.WITHDRAW: WithdrawForm,
}
