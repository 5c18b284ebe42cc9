"""Which code list the values of a column are of, as the journal tells them."""

from shelter_desk.domain.register_columns import LISTS
from shelter_desk.words import interviews, place_requests, voluntary_returns

OF_COLUMNS = {column.key: column.code_list for columns in LISTS.values() for column in columns if column.code_list}
OF_COLUMNS |= {"role": "role", "presence": "roll_call"}
OF_COLUMNS |= {"factor": "vulnerability_factor", "answer": "factor_answer", "risk_level": "risk_level"}
OF_COLUMNS |= {"safe_to_contact_family": "safety_answer", "safe_to_go_out": "safety_answer"}
OF_COLUMNS |= {"threat_likelihood": "level3", "threat_impact": "level3", "safety_measures": "safety_measure"}
OF_COLUMNS |= {"solution_sought": "solution_sought", "agreed_mode": "consent_mode", "action_status": "action_status"}
OF_COLUMNS |= {"domain": "service_type"}
OF_COLUMNS |= {"kin_relation": "kin_relation", "safe_to_contact": "safety_answer"}
OF_COLUMNS |= interviews.LISTS | place_requests.LISTS | voluntary_returns.LISTS
OF_COLUMNS |= {"incident_type": "incident_type", "notified": "notified"}
OF_COLUMNS |= {
    "read_for": "reading_reason",
    "severity": "incident_severity",
    "channel": "incident_channel",
    "step": "admission_step",
    "gbv_type": "gbv_type",
}
