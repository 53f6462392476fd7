"""Hostile inputs of data/bad_inputs.json on Discord that other tests try: by whom."""

_DISCORD = "channels/discord/test_discord_"
TRIED = {
    # These two become an address that is fetched, which nothing here is.
    "url_syntax-047": "feeds/test_urls.py::test_a_hostile_spelling_is_refused_or_normalised",
    "url_syntax-048": "feeds/test_urls.py::test_a_hostile_spelling_is_refused_or_normalised",
    "cross_guild-009": "web/test_web.py::"
    "test_whatever_is_not_there_is_not_there_in_one_and_the_same_way",
    "abuse-002": "test_asking.py::test_a_hundred_at_once_are_all_answered_a_few_at_a_time",
    "abuse-007": "test_budget.py::"
    "test_with_the_tokens_used_up_at_0559_the_brief_of_0600_is_posted_and_says_so",
    "abuse-008": "test_asking.py::test_limits_are_counted_over_restarts",
    "abuse-009": "test_budget.py::test_runs_at_once_share_one_budget",
    "discord_fault-001": f"{_DISCORD}send.py::"
    "test_a_passing_fault_is_ridden_out_and_one_message_stands",
    "discord_fault-003": f"{_DISCORD}send.py::"
    "test_a_passing_fault_is_ridden_out_and_one_message_stands",
    "discord_fault-004": f"{_DISCORD}send.py::"
    "test_a_passing_fault_is_ridden_out_and_one_message_stands",
    "discord_fault-005": f"{_DISCORD}send.py::test_an_answer_that_hangs_is_not_waited_for",
    "discord_fault-009": f"{_DISCORD}gateway.py::"
    "test_a_wrong_token_ends_the_run_and_names_the_setting",
    "discord_fault-010": "test_notify_job.py::"
    "test_an_order_rests_after_three_refusals_in_a_row_and_not_before",
    "discord_fault-011": "test_notify_job.py::"
    "test_an_order_rests_after_three_refusals_in_a_row_and_not_before",
    "discord_fault-012": "test_notify_job.py::"
    "test_an_order_whose_channel_is_gone_rests_at_once_and_admins_know",
    "discord_fault-013": f"{_DISCORD}send.py::"
    "test_a_message_that_a_moderator_deleted_counts_as_posted",
    "discord_fault-016": "deliver/test_deliver_crash.py::"
    "test_a_kill_at_any_point_loses_nothing_and_posts_nothing_twice",
    "discord_fault-017": "deliver/test_deliver_crash.py::"
    "test_a_kill_at_any_point_loses_nothing_and_posts_nothing_twice",
    "discord_fault-018": "deliver/test_deliver_faults.py::"
    "test_a_history_that_may_not_be_read_ends_in_unknown_and_is_not_sent_again",
    "discord_fault-019": "deliver/test_deliver_crash.py::"
    "test_kills_at_random_points_lose_nothing_and_post_nothing_twice",
    "discord_fault-020": f"{_DISCORD}gateway.py::"
    "test_a_gateway_that_is_down_at_the_start_is_tried_again_while_posting_goes_on",
    "discord_fault-021": f"{_DISCORD}gateway.py::"
    "test_an_invalid_session_is_identified_anew_and_commands_work_again",
    "discord_fault-022": f"{_DISCORD}gateway.py::test_a_gateway_that_refuses_for_good_ends_the_run",
    "discord_fault-024": f"{_DISCORD}gateway.py::"
    "test_a_gateway_that_is_never_ready_is_trouble_after_a_while",
}
