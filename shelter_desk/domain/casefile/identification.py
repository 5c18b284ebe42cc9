"""Screening: what the answers show of act, means and purpose, and when an interview may go on (field 2.7, 3.2, 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from shelter_desk.domain import codes, settings
from shelter_desk.domain.casefile.interviews import Answer, Interview
from shelter_desk.domain.checks import check_code, check_codes, check_given, check_not_future, check_optional_code
from shelter_desk.domain.errors import BadNumber, RuleBroken
from shelter_desk.domain.residents.residents import MAJORITY
from shelter_desk.domain.stays.stays import VictimStatus

Part = Literal["act", "means", "purpose"]
Proposal = Literal["non_victime", "a_completer", "presumee"]  # weakest first
Condition = Literal[
    "untrained", "interviewer_sex", "interpreter", "accompanied", "not_rested", "no_care", "not_safe", "child_alone"
]
PARTS: tuple[Part, ...] = ("act", "means", "purpose")
ADULT_STAGES = tuple(range(11))
CHILD_STAGES = (0, 1, 2, 3, 4, 6, 8, 9, 10)  # no means are needed for a child, so none is asked about
CHILD_MINUTES = 30
CONSENT_STAGE, SAFETY_STAGE, LAST_STAGE = 2, 3, 10
STOP_REASONS = ("larmes", "dissociation", "demande", "arrivee", "autre")
REFUSED = "refus"
WITH_BODY = ("identifiee", "non_victime")
WITH_REVIEW = ("presumee",)
NO_PRACTICE = "aucune"
_COMPANION = "accompagnant"  # of `other_present`: who came along
_BESIDE_A_CHILD = frozenset({"tuteur", "personne_confiance"})
_SAID: frozenset[Answer] = frozenset({"oui", "non"})


class NotAgreed(RuleBroken):
    """Beyond the consent, stage 2, goes only who said yes to the interview."""


class ChildNotSafe(RuleBroken):
    """A child is asked about facts only where it is safe: safety assured, no immediate danger."""


class MayNotDecide(RuleBroken):
    """R-19: this shelter takes no identification, and no "not a victim", from that body (`allowed_status_deciders`)."""

    body: str


class InterviewEnded(RuleBroken):
    """It is finished or was stopped: what is new goes into another session."""

    interview_no: str


class InterviewUnderWay(RuleBroken):
    """A session of this stay is not ended yet: it is taken up again before another one begins."""

    interview_no: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the answers show; it helps, and never decides.

    means_needed: False where the person was a minor at the facts. signs: any yes, what was seen among it. unasked: a
    part that is needed, without any yes or no. practices: assimilated ones, told apart from trafficking.
    """

    act: bool
    means: bool
    purpose: bool
    means_needed: bool
    signs: bool
    unasked: bool
    practices: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Every part that is needed is there."""
        return self.act and self.purpose and (self.means or not self.means_needed)

    @property
    def proposal(self) -> Proposal:
        """The status to think of. Silence is no "no": without a yes or a no to each part, the interview goes on."""
        if self.is_whole:
            return "presumee"
        return "a_completer" if self.signs or self.unasked else "non_victime"


def part_of(indicator: str) -> str:
    """`act`, `means`, `purpose`, or `observation`: the group in the list `tip_indicator`. Raises KeyError."""
    return codes.code("tip_indicator", indicator).parent


def indicators(part: str) -> tuple[str, ...]:
    """The indicators of a group, in the order of the list."""
    return tuple(one.code for one in codes.codes("tip_indicator") if one.parent == part)


def read(interviews: Sequence[Interview]) -> Reading:
    """The reading of one session, or of all sessions of a stay: what was once said is not lost by asking no more."""
    answers = _answers(interviews)
    ticked = {
        "act": any(one.acts for one in interviews),
        "means": any(one.means for one in interviews),
        "purpose": any(one.exploitation_forms for one in interviews),
    }
    yes = {part_of(key) for key, answer in answers.items() if answer == "oui"}
    asked = {part_of(key) for key, answer in answers.items() if answer in _SAID}
    there = {part: ticked[part] or part in yes for part in PARTS}
    needed = [part for part in PARTS if part != "means" or not was_minor(interviews)]
    found = [code for one in interviews for code in one.assimilated_practices if code != NO_PRACTICE]
    return Reading(
        **there,
        means_needed="means" in needed,
        signs=bool(yes) or any(there.values()),
        unasked=any(part not in asked and not there[part] for part in needed),
        practices=tuple(dict.fromkeys(found)),
    )


def _answers(interviews: Sequence[Interview]) -> dict[str, Answer]:
    """The last answer to each question that was asked."""
    in_order = sorted(interviews, key=lambda one: one.session_no)
    return {key: said for one in in_order for key, said in one.indicators.items() if said != "non_demande"}


def was_minor(interviews: Iterable[Interview]) -> bool:
    """Whether any session says that the person was under 18 when it happened; no means is needed then."""
    return any(
        one.was_minor_at_facts or (one.age_at_facts is not None and one.age_at_facts < MAJORITY) for one in interviews
    )


def stages(is_child: bool) -> tuple[int, ...]:
    """The stages of an interview in order; that of a child is shorter."""
    return CHILD_STAGES if is_child else ADULT_STAGES


def conditions(interview: Interview) -> tuple[Condition, ...]:
    """What does not stand before an interview (R-26): each is a warning, never a refusal."""
    others = frozenset(interview.others_present)
    interpreted = bool(interview.interpreter_name) or "interprete" in others
    missing: tuple[tuple[Condition, bool], ...] = (
        ("untrained", not interview.interviewer_trained),
        ("interviewer_sex", not interview.interviewer_sex_ok),
        ("interpreter", interpreted and not interview.interpreter_ok),
        ("accompanied", _COMPANION in others),
        ("not_rested", not interview.ready_rested),
        ("no_care", not interview.ready_care),
        ("not_safe", not interview.ready_safe),
        ("child_alone", interview.is_child_variant and not others & _BESIDE_A_CHILD),
    )
    return tuple(condition for condition, is_missing in missing if is_missing)


def asked_facts(interview: Interview) -> bool:
    """Whether the questions about trafficking were asked: any answer, be it a refusal, or anything ticked."""
    ticked = interview.acts or interview.means or interview.exploitation_forms
    return bool(ticked) or any(
        answer != "non_demande" and part_of(key) in PARTS for key, answer in interview.indicators.items()
    )


def is_repeat(former: Iterable[Interview]) -> bool:
    """R-27: asked twice before, the person would tell the story a third time."""
    return sum(map(asked_facts, former)) >= 2


def check_stage(interview: Interview) -> None:
    """Whether an interview may be where it is. Raises NotAgreed, ChildNotSafe."""
    if interview.stage > CONSENT_STAGE and interview.consent_interview != "donne":
        raise NotAgreed
    is_safe = interview.ready_safe and not interview.immediate_danger
    if interview.is_child_variant and interview.stage > SAFETY_STAGE and not is_safe:
        raise ChildNotSafe


def refused(interview: Interview) -> Interview:
    """The session ended by the refusal of the person: under which conditions it was asked, and nothing else."""
    kept = (
        "id interview_no stay session_no interview_at place interviewer interviewer_trained interviewer_sex_ok"
        " interpreter_name interpreter_ok language others_present ready_rested ready_care ready_safe is_child_variant"
    )
    return Interview(
        **{key: getattr(interview, key) for key in kept.split()},
        state="arrete",
        stage=CONSENT_STAGE,
        consent_interview="refuse",
        stop_reason=REFUSED,
        recorded_at=interview.recorded_at,
    )


def begun(interview: Interview, former: Sequence[Interview]) -> Interview:
    """The next session of a stay after those. Raises InterviewUnderWay while one is not ended."""
    open_one = next((one for one in former if not is_ended(one)), None)
    if open_one is not None:
        raise InterviewUnderWay(open_one.interview_no)
    return replace(interview, session_no=max((one.session_no for one in former), default=0) + 1, state="en_cours")


def is_ended(interview: Interview) -> bool:
    """Finished or stopped: it stays as it is."""
    return interview.state in ("termine", "arrete")


def check_interview(interview: Interview) -> None:
    """Whether every code is of its list and every number can be. Raises Missing, NotInList, BadNumber."""
    check_given("language", interview.language)
    check_codes("other_present", interview.others_present)
    check_codes("tip_act", interview.acts)
    check_codes("tip_means", interview.means)
    check_codes("exploitation_form", interview.exploitation_forms)
    check_codes("recruitment_method", interview.recruitment_methods)
    check_codes("control_method", interview.control_methods)
    check_codes("country", interview.exploitation_countries)
    check_codes("region_ml", interview.exploitation_regions)
    check_codes("assimilated_practice", interview.assimilated_practices)
    check_codes("tip_indicator", interview.indicators)
    check_codes("answer5", interview.indicators.values())
    check_code("language", interview.language)
    check_optional_code("recruiter_relation", interview.recruiter_relation)
    check_optional_code("legal_action_wish", interview.legal_action_wish)
    check_codes("consent_status", filter(None, [interview.consent_interview, interview.consent_anonymous_stats]))
    for name, number in (("age_at_facts", interview.age_at_facts), ("duration_months", interview.duration_months)):
        if number is not None and number < 0:
            raise BadNumber(name, str(number))


# The decision ---------------------------------------------------------------------------------------------------------


def check_decision(
    status: VictimStatus,
    reason: str,
    today: date,
    kept: Mapping[str, str] = settings.NOTHING_KEPT,
    is_minimal: bool = False,
) -> None:
    """Whether a decision is whole (R-19).

    An identification or a "not a victim" names the body, the person who decided and the reason; a presumption the day
    on which it is looked at again, after the decision. The day may lie before the admission: police or a court often
    decide first. kept: the settings. is_minimal: the person refuses the recording, so that no reason is asked (R-15).
    Raises Missing, NotInList, InTheFuture, MayNotDecide.
    """
    check_not_future(status.decided_on, today)
    check_code("victim_status", status.victim_status)
    check_optional_code("status_decided_by", status.status_decided_by)
    check_codes("assimilated_practice", status.assimilated_practices)
    check_codes("exploitation_form", status.exploitation_forms)
    if status.victim_status in WITH_BODY:
        check_given("status_decided_by", status.status_decided_by)
        check_given("status_decider", status.status_decider.strip())
        check_given("status_reason", is_minimal or reason.strip())
    if status.victim_status in WITH_REVIEW:
        check_given("review_on", status.review_on is not None and status.review_on > status.decided_on)
    if status.status_decided_by and status.status_decided_by not in deciders(status.victim_status, kept):
        raise MayNotDecide(status.status_decided_by)


def deciders(victim_status: str, kept: Mapping[str, str]) -> tuple[str, ...]:
    """The bodies that may decide this status here; a presumption may come from any."""
    return settings.chosen(kept if victim_status in WITH_BODY else settings.NOTHING_KEPT, "allowed_status_deciders")


def proposed_review(decided_on: date, kept: Mapping[str, str] = settings.NOTHING_KEPT) -> date:
    """When a presumption is looked at again, unless another day is chosen (R-20). kept: the settings."""
    return decided_on + timedelta(days=settings.whole(kept, "presumed_review_days"))


def review_due(
    statuses: Sequence[VictimStatus], day: date, kept: Mapping[str, str] = settings.NOTHING_KEPT
) -> date | None:
    """Since when a presumption waits to be looked at again (R-20); None where it does not, or another decision stands.

    A later day that was chosen is only planned: after 30 days without a review it is told all the same (field 5.1).
    """
    counted = [one for one in statuses if one.decided_on <= day]
    last = max(counted, key=lambda one: (one.decided_on, one.id), default=None)
    if last is None or last.victim_status != "presumee":
        return None
    due = proposed_review(last.decided_on, kept)
    due = min(due, last.review_on) if last.review_on is not None else due
    return due if due < day else None


def undecided_since(
    interviews: Sequence[Interview],
    statuses: Sequence[VictimStatus],
    day: date,
    kept: Mapping[str, str] = settings.NOTHING_KEPT,
    is_minor: bool = False,
) -> date | None:
    """R-18: since when every part is there without a decision, where that is more than 7 days ago.

    A decision of that day or later settles it, and one from before that says a victim: "not a victim" from before is
    what the interview speaks against. is_minor: the person is one today, so that no means is needed.
    """
    asked = sorted(interviews, key=lambda one: one.session_no)
    whole = next((one for place, one in enumerate(asked) if _is_whole(read(asked[: place + 1]), is_minor)), None)
    if whole is None:
        return None
    since = whole.interview_at.date()
    if any(one.victim_status in ("presumee", *WITH_BODY) and one.decided_on >= since for one in statuses):
        return None
    before = max((one for one in statuses), key=lambda one: (one.decided_on, one.id), default=None)
    if before is not None and before.victim_status in ("presumee", "identifiee"):
        return None
    return since if (day - since).days > settings.whole(kept, "status_decision_days") else None


def _is_whole(reading: Reading, is_minor: bool) -> bool:
    return reading.is_whole or (is_minor and reading.act and reading.purpose)
