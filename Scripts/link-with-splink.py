"""Finds the records of one person in a file with Splink on DuckDB: the baseline of `./bench linkage`.

    python3 Scripts/link-with-splink.py FILE PAIRS

FILE has the columns that `dancu link find` reads; PAIRS gets id_l,id_r,probability of the pairs at or above one half.
The model is what a practitioner would write for such a file: folded and written names, frequencies of names, dates with
their usual slips, eleven tight blocking rules, weights learnt by expectation maximisation, without labels.
"""

import sys

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI


def exact_or(column, *levels):
    """A comparison with the levels between equal and different."""
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[cll.NullLevel(column), *levels, cll.ElseLevel()],
    )


def comparisons():
    names = cl.CustomComparison(
        output_column_name="full_name",
        comparison_levels=[
            cll.NullLevel("full_name"),
            cll.ExactMatchLevel("full_name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("name_key", term_frequency_adjustments=True),
            cll.LevenshteinLevel("name_key", 1),
            cll.LevenshteinLevel("name_key", 2),
            cll.JaroWinklerLevel("name_key", 0.9),
            cll.ElseLevel(),
        ],
    )
    dates = cl.CustomComparison(
        output_column_name="date_of_birth",
        comparison_levels=[
            cll.NullLevel("date_of_birth"),
            cll.ExactMatchLevel("date_of_birth", term_frequency_adjustments=True),
            cll.CustomLevel("swapped_l = date_of_birth_r", label_for_charts="day and month swapped"),
            cll.LevenshteinLevel("date_of_birth", 1),
            cll.CustomLevel("year_l = year_r", label_for_charts="same year"),
            cll.ElseLevel(),
        ],
    )
    parents = [
        exact_or(key, cll.ExactMatchLevel(key, term_frequency_adjustments=True), cll.LevenshteinLevel(key, 2))
        for key in ("father_key", "mother_key")
    ]
    numbers = exact_or(
        "old_id_number", cll.ExactMatchLevel("old_id_number"), cll.LevenshteinLevel("old_id_number", 1)
    )
    places = cl.CustomComparison(
        output_column_name="commune",
        comparison_levels=[
            cll.NullLevel("commune"),
            cll.ExactMatchLevel("commune", term_frequency_adjustments=True),
            cll.ExactMatchLevel("birth_province", term_frequency_adjustments=True),
            cll.ElseLevel(),
        ],
    )
    return [names, dates, cl.ExactMatch("sex"), places, *parents, numbers]


def main(file, pairs):
    connection = duckdb.connect()
    connection.execute("SET threads TO 2")
    connection.execute(
        "CREATE MACRO fold(name) AS nullif(strip_accents(replace(lower(name), 'đ', 'd')), '')"
    )
    connection.execute(
        """
        CREATE TABLE people AS SELECT id AS unique_id, full_name, fold(full_name) AS name_key,
            split_part(fold(full_name), ' ', -1) AS given_key, nullif(date_of_birth, '') AS date_of_birth,
            nullif(left(date_of_birth, 4), '') AS year,
            CASE WHEN length(date_of_birth) = 10
                THEN left(date_of_birth, 5) || right(date_of_birth, 2) || '-' || substr(date_of_birth, 6, 2) END
                AS swapped,
            nullif(sex, '') AS sex, nullif(birth_province, '') AS birth_province, nullif(commune, '') AS commune,
            fold(father_name) AS father_key, fold(mother_name) AS mother_key,
            nullif(old_id_number, '') AS old_id_number
        FROM read_csv(?, all_varchar = true, header = true)
        """,
        [file],
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons(),
        blocking_rules_to_generate_predictions=[
            block_on("old_id_number"),
            block_on("name_key", "year"),
            block_on("date_of_birth", "given_key"),
            block_on("date_of_birth", "birth_province"),
            block_on("swapped", "given_key", "birth_province"),
            block_on("name_key", "commune"),
            block_on("commune", "given_key", "year"),
            block_on("father_key", "mother_key", "given_key"),
            block_on("mother_key", "year", "commune"),
            block_on("father_key", "given_key", "commune"),
            block_on("mother_key", "given_key", "commune"),
        ],
        retain_matching_columns=False,
        additional_columns_to_retain=["swapped", "year", "name_key", "birth_province"],
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("people"), settings, log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("old_id_number"), block_on("name_key", "date_of_birth", "mother_key")], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("date_of_birth", "given_key"), block_on("name_key", "commune"), block_on("old_id_number")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.5)
    connection.execute(
        f"""
        COPY (SELECT unique_id_l AS id_l, unique_id_r AS id_r, match_probability AS probability
              FROM {found.physical_name}) TO '{pairs}' (HEADER)
        """
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
