"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from shuiheng.web.api.site import open_patterns
from shuiheng.web.pages.account import own, providers
from shuiheng.web.pages.account.views import choose_password, enrol, enter_code, leave, sign_in
from shuiheng.web.pages.accountability.views import accountability_log, enter
from shuiheng.web.pages.allowances import applications as allowance_applying
from shuiheng.web.pages.allowances import caps as allowance_caps
from shuiheng.web.pages.allowances import one as allowance_pages
from shuiheng.web.pages.allowances import own as own_allowances
from shuiheng.web.pages.allowances import rounds as allowance_rounds
from shuiheng.web.pages.allowances import undo as allowance_undo
from shuiheng.web.pages.annual.views import annual_page, annual_page_list, export_annual, issue_annual
from shuiheng.web.pages.assessments.views import assessments, assessments_export
from shuiheng.web.pages.audit.views import event_routes
from shuiheng.web.pages.awards.addresses import award_addresses
from shuiheng.web.pages.board.views import task_board
from shuiheng.web.pages.calendar.sending import calendar_export
from shuiheng.web.pages.calendar.views import calendar_feed, calendar_page, workday_table
from shuiheng.web.pages.cases.addresses import case_addresses
from shuiheng.web.pages.cases.one.addresses import one_case_addresses
from shuiheng.web.pages.charges.addresses import charge_addresses
from shuiheng.web.pages.chasing.views import call_list, chasing_board, remind_units
from shuiheng.web.pages.checks.addresses import check_addresses
from shuiheng.web.pages.compare.views import compare
from shuiheng.web.pages.counts.addresses import count_addresses
from shuiheng.web.pages.credit.addresses import credit_addresses
from shuiheng.web.pages.duties.views import duty_calendar
from shuiheng.web.pages.exports.views import export_json, export_responsibility, export_table
from shuiheng.web.pages.figures.addresses import figure_addresses
from shuiheng.web.pages.filing import lists as filing_lists
from shuiheng.web.pages.filing import views as filing_pages
from shuiheng.web.pages.findings.views import finding_list
from shuiheng.web.pages.gates.routes import gate_routes
from shuiheng.web.pages.hall.addresses import hall_addresses
from shuiheng.web.pages.home.views import home
from shuiheng.web.pages.inspections.addresses import inspection_addresses
from shuiheng.web.pages.jobs.views import job_centre, job_line, job_result, job_watch, steer
from shuiheng.web.pages.kinds.addresses import kind_addresses
from shuiheng.web.pages.ledger import books as ledger_books
from shuiheng.web.pages.ledger import changes as ledger_changes
from shuiheng.web.pages.ledger import documents as ledger_documents
from shuiheng.web.pages.ledger import merging as ledger_merging
from shuiheng.web.pages.ledger import meters as ledger_meters
from shuiheng.web.pages.ledger import use_profile as ledger_profile
from shuiheng.web.pages.ledger import views as ledger
from shuiheng.web.pages.link.views import end_link, guest, guest_report, link_list
from shuiheng.web.pages.map import views as maps
from shuiheng.web.pages.meetings.views import decide_meeting, meeting_list, meeting_page
from shuiheng.web.pages.members import views as member_pages
from shuiheng.web.pages.messages.views import mark_read, message_inbox, message_outbox, send_again
from shuiheng.web.pages.meters.addresses import meter_addresses
from shuiheng.web.pages.odds.views import target_odds
from shuiheng.web.pages.organisations import changes as organisation_changes
from shuiheng.web.pages.organisations.matching import settle_unit, settle_units, unit_matches
from shuiheng.web.pages.organisations.views import (
    organisation,
    organisations,
    organisations_export,
    reveal_contact,
)
from shuiheng.web.pages.penalties.addresses import penalty_addresses
from shuiheng.web.pages.people import proposals
from shuiheng.web.pages.people import views as people
from shuiheng.web.pages.pictures.addresses import picture_addresses
from shuiheng.web.pages.plans.views import original, plan_detail, plan_list, recompile, withdraw
from shuiheng.web.pages.progress.addresses import progress_addresses
from shuiheng.web.pages.public.addresses import public_addresses
from shuiheng.web.pages.public_reports.addresses import public_report_addresses
from shuiheng.web.pages.publication.addresses import publication_addresses
from shuiheng.web.pages.quality import views as quality
from shuiheng.web.pages.reading import views as reading
from shuiheng.web.pages.reading.carrying import attach, carry
from shuiheng.web.pages.readings import monthly as reading_months
from shuiheng.web.pages.readings import views as reading_pages
from shuiheng.web.pages.rectification.views import (
    item_proof,
    judge_item,
    open_item,
    prove_item,
    rectification_list,
)
from shuiheng.web.pages.register.views import register, register_bulk, register_export, register_filters
from shuiheng.web.pages.reports import views as reports
from shuiheng.web.pages.reports.changes import compared_report
from shuiheng.web.pages.reports.filling import report_fill, report_names
from shuiheng.web.pages.rules.routes import rule_routes
from shuiheng.web.pages.search.views import search_page
from shuiheng.web.pages.standings.addresses import standing_addresses
from shuiheng.web.pages.statistics.addresses import statistic_addresses
from shuiheng.web.pages.targets.views import target_table
from shuiheng.web.pages.task import changes as task_changes
from shuiheng.web.pages.task.shares import target_shares
from shuiheng.web.pages.task.views import task_page
from shuiheng.web.pages.units.views import unit_list, unit_page
from shuiheng.web.pages.upload.views import job_progress, upload
from shuiheng.web.pages.use import views as use
from shuiheng.web.pages.warnings.addresses import warning_addresses

VERSION = "plans/<slug:slug>/<int:sequence>/"

handler404 = "shuiheng.web.pages.errors.views.not_found"
handler403 = "shuiheng.web.pages.errors.views.forbidden"
handler400 = "shuiheng.web.pages.errors.views.bad_request"
handler500 = "shuiheng.web.pages.errors.views.failed"

urlpatterns = [
    path("", home, name="home"),
    path("login/", sign_in, name="login"),
    path("login/code/", enter_code, name="login_code"),
    path("login/authenticator/", enrol, name="login_enrol"),
    path("login/password/", choose_password, name="login_password"),
    path("login/with/<slug:name>/", providers.go_to_provider, name="login_with"),
    path("login/with/<slug:name>/back/", providers.back_from_provider, name="login_back"),
    path("api/v1/", include((open_patterns(), "api"), namespace="api")),
    path("logout/", leave, name="logout"),
    path("account/", own.own_account, name="account"),
    path("account/password/", own.own_password, name="own_password"),
    path("account/authenticator/", own.own_factor, name="own_factor"),
    path("account/sessions/<int:key>/end/", own.end_session, name="end_session"),
    path("people/", people.people, name="people"),
    path("people/new/", people.make_account, name="make_account"),
    path("people/proposals/", proposals.proposals, name="proposals"),
    path("people/proposals/administrator/", proposals.propose_administrator, name="propose_administrator"),
    path("people/proposals/<int:key>/refuse/", proposals.refuse, name="refuse_proposal"),
    path("people/proposals/<int:key>/reveal/", proposals.reveal_proposal, name="reveal_proposal"),
    path("people/proposals/<int:key>/grant/", proposals.grant, name="grant_proposal"),
    path("people/<int:key>/", people.person, name="person"),
    path("people/<int:key>/keep/<slug:verb>/", people.keep_person, name="keep_person"),
    path("people/<int:key>/rights/<slug:verb>/", people.grant_person, name="grant_person"),
    path("unit-people/", proposals.unit_people, name="unit_people"),
    path("links/", link_list, name="links"),
    path("links/<int:key>/end/", end_link, name="end_link"),
    path("a/<str:token>/", guest, name="guest"),
    path("a/<str:token>/report/", guest_report, name="guest_report"),
    path("language/", set_language, name="set_language"),
    path("upload/", upload, name="upload"),
    path("jobs/<int:key>/", job_progress, name="job"),
    path("plans/", plan_list, name="plans"),
    path("plans/<slug:slug>/", plan_detail, name="plan"),
    path(VERSION, reading.reading_page, name="reading"),
    path(VERSION + "text/", reading.text_pane, name="reading_text"),
    path(VERSION + "tab/<slug:tab>/", reading.tab_pane, name="reading_tab"),
    path(VERSION + "item/<slug:token>/", reading.item_card, name="reading_item"),
    path(VERSION + "item/<slug:token>/form/<slug:verb>/", reading.item_form, name="reading_form"),
    path(VERSION + "add/", reading.add_form, name="reading_add"),
    path(VERSION + "decide/", reading.decide, name="decide"),
    path(VERSION + "undo/", reading.undo, name="undo"),
    path(VERSION + "carry/", carry, name="carry"),
    path(VERSION + "attach/", attach, name="attach"),
    path(VERSION + "publish/", reading.publish, name="publish"),
    path(VERSION + "recompile/", recompile, name="recompile"),
    path(VERSION + "withdraw/", withdraw, name="withdraw"),
    path(VERSION + "original/", original, name="original"),
    path(VERSION + "plan.json", export_json, name="plan_json"),
    path(VERSION + "responsibility.docx", export_responsibility, name="responsibility"),
    path("tasks/", task_board, name="tasks"),
    path("targets/", target_table, name="targets"),
    path("duties/", duty_calendar, name="duties"),
    path("findings/", finding_list, name="findings"),
    path("units/", unit_list, name="units"),
    path("units/<path:label>/", unit_page, name="unit"),
    path("filing/", filing_pages.filing, name="filing"),
    path("filing/<int:key>/check/", filing_pages.check_filed, name="check_filed"),
    path("filing/<int:key>/withdraw/", filing_pages.withdraw_filed, name="withdraw_filed"),
    path("filings/", filing_lists.filings, name="filings"),
    path("filings/export.<slug:ending>", filing_lists.filings_export, name="filings_export"),
    path("filings/remind/", filing_lists.remind_filings, name="remind_filings"),
    path("filings/<int:key>/<slug:month>/", filing_lists.filed_month, name="filed_month"),
    path("readings/", reading_pages.reading_batches, name="reading_batches"),
    path("readings/send/", reading_pages.send_readings, name="send_readings"),
    path("readings/month/form/", reading_months.month_form, name="month_form"),
    path("readings/month/send/", reading_months.send_month_workbook, name="send_month_workbook"),
    path("readings/<int:key>/marked/", reading_months.marked_batch, name="marked_batch"),
    path("readings/<int:key>/", reading_pages.reading_batch, name="reading_batch"),
    path("readings/<int:key>/take/", reading_pages.take_batch, name="take_batch"),
    path("readings/<int:key>/again/", reading_pages.repeat_batch, name="repeat_batch"),
    path("readings/<int:key>/undo/", reading_pages.undo_batch_of_readings, name="undo_batch_of_readings"),
    path("register/", register, name="register"),
    path("register/chosen/", register_bulk, name="register_bulk"),
    path("register/filters/", register_filters, name="register_filters"),
    path("register/export.<slug:ending>", register_export, name="register_export"),
    path("register/tasks/<int:key>/", task_page, name="task"),
    path("register/tasks/<int:key>/units/", task_changes.task_units, name="task_units"),
    path("register/tasks/<int:key>/due/", task_changes.task_due, name="task_due"),
    path("register/tasks/<int:key>/steps/", task_changes.task_steps, name="task_steps"),
    path("register/steps/<int:key>/", task_changes.task_step, name="task_step"),
    path("register/tasks/<int:key>/comments/", task_changes.task_comments, name="task_comments"),
    path("register/comments/<int:key>/", task_changes.task_comment, name="task_comment"),
    path("register/targets/<int:key>/shares/", target_shares, name="target_shares"),
    path("register/years/", annual_page_list, name="annual_plans"),
    path("register/years/<int:key>/", annual_page, name="annual_plan"),
    path("register/years/<int:key>/issue/", issue_annual, name="issue_annual"),
    path("register/years/<int:key>/plan.<slug:ending>", export_annual, name="export_annual"),
    path("organisations/", organisations, name="organisations"),
    path("organisations/export.<slug:ending>", organisations_export, name="organisations_export"),
    path("organisations/new/", organisation_changes.new_organisation, name="new_organisation"),
    path("organisations/matches/", unit_matches, name="unit_matches"),
    path("organisations/matches/<int:key>/", settle_unit, name="settle_unit"),
    path("organisations/matches/of/<int:key>/<slug:verb>/", settle_units, name="settle_units"),
    path("organisations/<slug:slug>/", organisation, name="organisation"),
    path("organisations/<slug:slug>/reveal/", reveal_contact, name="reveal_contact"),
    path("organisations/<slug:slug>/edit/", organisation_changes.edit_unit, name="edit_organisation"),
    path(
        "organisations/<slug:slug>/contact/",
        organisation_changes.edit_unit_contact,
        name="organisation_contact",
    ),
    path(
        "organisations/<slug:slug>/change/<slug:verb>/",
        organisation_changes.change_unit,
        name="change_organisation",
    ),
    *gate_routes(),
    *rule_routes(),
    path("ledger/lists/", member_pages.member_lists, name="member_lists"),
    path("ledger/lists/draw/", member_pages.draw_member_lists, name="draw_member_lists"),
    path("ledger/lists/<int:key>/", member_pages.member_list, name="member_list"),
    path("ledger/lists/<int:key>/adopt/", member_pages.adopt_member_list, name="adopt_member_list"),
    path("ledger/lists/<int:key>/withdraw/", member_pages.withdraw_member_list, name="withdraw_member_list"),
    path(
        "ledger/lists/<int:key>/export.<slug:ending>",
        member_pages.member_list_export,
        name="member_list_export",
    ),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export.<slug:ending>", ledger.ledger_export, name="ledger_export"),
    path("ledger/book.xlsx", ledger_books.ledger_book_file, name="ledger_book_file"),
    path("ledger/books/", ledger_books.ledger_books, name="ledger_books"),
    path("ledger/books/send/", ledger_books.send_ledger_book, name="send_ledger_book"),
    path("ledger/books/<int:key>/", ledger_books.ledger_book, name="ledger_book"),
    path("ledger/books/<int:key>/marked/", ledger_books.marked_ledger_book, name="marked_ledger_book"),
    path("ledger/books/<int:key>/take/", ledger_books.take_ledger_book, name="take_ledger_book"),
    path("ledger/books/<int:key>/undo/", ledger_books.undo_ledger_book, name="undo_ledger_book"),
    path("ledger/new/", ledger_changes.new_water_user, name="new_water_user"),
    path("ledger/<int:key>/", ledger.water_user, name="water_user"),
    path("ledger/<int:key>/change/", ledger_changes.edit_water_user, name="edit_water_user"),
    path("ledger/<int:key>/reveal/", ledger.reveal_water_user, name="reveal_water_user"),
    path("ledger/<int:key>/merge/", ledger_merging.merge_user, name="merge_user"),
    path("ledger/<int:key>/profile/", ledger_profile.derive_use_profile, name="derive_use_profile"),
    path("ledger/<int:key>/add/<slug:kind>/", ledger_changes.add_to_user, name="add_to_user"),
    path("ledger/<int:key>/documents/add/", ledger_documents.add_user_document, name="add_user_document"),
    path("ledger/documents/<int:key>/", ledger_documents.ledger_document, name="ledger_document"),
    path("ledger/merges/<int:key>/undo/", ledger_merging.part_users, name="part_users"),
    path("ledger/sites/<int:key>/change/", ledger_meters.edit_site, name="edit_site"),
    path("ledger/sources/<int:key>/change/", ledger_meters.edit_source, name="edit_source"),
    path("ledger/permits/<int:key>/change/", ledger_meters.edit_permit, name="edit_permit"),
    path("ledger/meters/<int:key>/", ledger_meters.ledger_meter, name="ledger_meter"),
    path("ledger/meters/<int:key>/change/", ledger_meters.edit_meter, name="edit_meter"),
    path("ledger/meters/<int:key>/event/", ledger_meters.add_meter_event, name="add_meter_event"),
    path("ledger/events/<int:key>/withdraw/", ledger_meters.withdraw_event, name="withdraw_meter_event"),
    path("allowances/", allowance_rounds.allowances, name="allowances"),
    path("allowances/open/", allowance_rounds.open_allowance_round, name="open_allowance_round"),
    path("allowances/propose/", own_allowances.propose_own_allowance, name="propose_own_allowance"),
    path("allowances/caps/", allowance_caps.regional_caps, name="regional_caps"),
    path("allowances/caps/set/", allowance_caps.set_regional_cap, name="set_regional_cap"),
    path(
        "allowances/caps/<int:key>/withdraw/",
        allowance_caps.withdraw_regional_cap,
        name="withdraw_regional_cap",
    ),
    path("allowances/rounds/<int:key>/", allowance_rounds.allowance_round, name="allowance_round"),
    path(
        "allowances/rounds/<int:key>/compute/", allowance_rounds.compute_allowances, name="compute_allowances"
    ),
    path("allowances/rounds/<int:key>/review/", allowance_rounds.review_allowances, name="review_allowances"),
    path(
        "allowances/rounds/<int:key>/publish/", allowance_rounds.publish_allowances, name="publish_allowances"
    ),
    path("allowances/rounds/<int:key>/undo/", allowance_undo.ask_undo_allowances, name="ask_undo_allowances"),
    path(
        "allowances/rounds/<int:key>/undo/answer/",
        allowance_undo.answer_undo_allowances,
        name="answer_undo_allowances",
    ),
    path(
        "allowances/rounds/<int:key>/export.<slug:ending>",
        allowance_rounds.allowance_round_export,
        name="allowance_round_export",
    ),
    path(
        "allowances/applications/", allowance_applying.allowance_applications, name="allowance_applications"
    ),
    path(
        "allowances/applications/<int:key>/decide/",
        allowance_applying.decide_allowance_change,
        name="decide_allowance_change",
    ),
    path(
        "allowances/applications/<int:key>/word/",
        allowance_applying.record_transfer_word,
        name="record_transfer_word",
    ),
    path(
        "allowances/applications/<int:key>/taker/", allowance_applying.answer_transfer, name="answer_transfer"
    ),
    path(
        "allowances/applications/<int:key>/withdraw/",
        allowance_applying.withdraw_allowance_change,
        name="withdraw_allowance_change",
    ),
    path("allowances/<int:key>/", allowance_pages.allowance, name="allowance"),
    path("allowances/<int:key>/set/", allowance_pages.set_allowance, name="set_allowance"),
    path("allowances/<int:key>/inputs/", allowance_pages.give_allowance_inputs, name="give_allowance_inputs"),
    path("allowances/<int:key>/balance/", allowance_pages.rebalance_allowance, name="rebalance_allowance"),
    path("allowances/<int:key>/ask/", allowance_pages.ask_allowance_change, name="ask_allowance_change"),
    path("allowances/<int:key>/transfer/", allowance_pages.transfer_allowance, name="transfer_allowance"),
    path("allowances/<int:key>/receive/", allowance_pages.confirm_allowance, name="confirm_allowance"),
    path(
        "allowances/<int:key>/notice.docx",
        allowance_pages.allowance_notice_file,
        name="allowance_notice_file",
    ),
    path("use/", use.use_explorer, name="use"),
    path("use/export.<slug:ending>", use.use_export, name="use_export"),
    path("quality/", quality.quality_board, name="quality"),
    path("quality/findings/", quality.meter_findings, name="meter_findings"),
    path("quality/export.<slug:ending>", quality.quality_export, name="quality_export"),
    path("map/", maps.use_map, name="use_map"),
    path("map/shapes/<int:key>/", maps.map_shapes, name="map_shapes"),
    path("map/outlines/", maps.outlines, name="outlines"),
    path("map/outlines/send/", maps.send_outlines, name="send_outlines"),
    path("map/outlines/<int:key>/undo/", maps.undo_outlines, name="undo_outlines"),
    path("search/", search_page, name="search"),
    path("compare/", compare, name="compare"),
    path("calendar/", calendar_page, name="calendar"),
    path("calendar/export.<slug:ending>", calendar_export, name="calendar_export"),
    path("calendar/workdays/", workday_table, name="workdays"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("meetings/", meeting_list, name="meetings"),
    path("meetings/<int:key>/", meeting_page, name="meeting"),
    path("meetings/<int:key>/decide/", decide_meeting, name="decide_meeting"),
    path("rectification/", rectification_list, name="rectification"),
    path("rectification/open/", open_item, name="open_rectification"),
    path("rectification/<int:key>/prove/", prove_item, name="prove_rectification"),
    path("rectification/<int:key>/proof/", item_proof, name="rectification_proof"),
    path("rectification/<int:key>/<slug:verb>/", judge_item, name="judge_rectification"),
    path("accountability/", accountability_log, name="accountability"),
    path("accountability/enter/", enter, name="enter_accountability"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/draft/", reports.draft, name="report_draft"),
    path("reports/compared/<int:key>/", compared_report, name="compared_report"),
    path("reports/<int:key>/", reports.report_page, name="report"),
    path("reports/<int:key>/file.<slug:ending>", reports.report_file, name="report_file"),
    path("reports/<int:key>/fill/", report_fill, name="report_fill"),
    path("reports/<int:key>/names.xlsx", report_names, name="report_names"),
    path("reports/<int:key>/<slug:verb>/", reports.report_step, name="report_step"),
    path("letters/", reports.letter_list, name="letters"),
    path("letters/<int:key>.docx", reports.letter_docx, name="letter_docx"),
    path("letters/run/<int:key>/", reports.letter_run, name="letter_run"),
    *charge_addresses(),
    *award_addresses(),
    *kind_addresses(),
    *credit_addresses(),
    *check_addresses(),
    *public_addresses(),
    *publication_addresses(),
    *public_report_addresses(),
    *inspection_addresses(),
    *case_addresses(),
    *one_case_addresses(),
    *count_addresses(),
    *statistic_addresses(),
    *standing_addresses(),
    path("odds/", target_odds, name="target_odds"),
    path("assessments/", assessments, name="assessments"),
    path("assessments/export.<slug:ending>", assessments_export, name="assessments_export"),
    *figure_addresses(),
    *meter_addresses(),
    *picture_addresses(),
    *hall_addresses(),
    *penalty_addresses(),
    *warning_addresses(),
    path("chasing/", chasing_board, name="chasing"),
    path("chasing/<int:key>/remind/", remind_units, name="remind"),
    path("chasing/<int:key>/calls/", call_list, name="call_list"),
    path("messages/", message_inbox, name="messages"),
    path("messages/<int:key>/read/", mark_read, name="mark_read"),
    path("messages/sent/", message_outbox, name="outbox"),
    path("messages/<int:key>/again/", send_again, name="send_again"),
    path("work/", job_centre, name="jobs"),
    path("work/all/", job_watch, name="jobs_watched"),
    path("work/<int:key>/", job_line, name="job_line"),
    path("work/<int:key>/result/", job_result, name="job_result"),
    path("work/<int:key>/<slug:verb>/", steer, name="steer_job"),
    *progress_addresses(),
    path("export/<slug:table>.<slug:ending>", export_table, name="export"),
    *event_routes(),
]
