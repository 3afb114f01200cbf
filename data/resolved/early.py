"""The honest test: figures printed within three days of each event, as a reader had them on the day.

    python3 data/resolved/early.py OUT_DIR && sayso backtest OUT_DIR

Of data/resolved/bank it keeps claims published no later than three days after `opened`, sets the statuses that
hindsight gave (superseded, corrected, disputed, retracted) back to asserted, and keeps questions with at least
three numbers. Needs Python 3 only.
"""
import csv
import datetime
import os
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bank")


def rows(name):
    with open(os.path.join(HERE, name), newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def day(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def write(folder, name, kept, fields):
    with open(os.path.join(folder, name), "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def main(folder):
    questions, claims = rows("questions.csv"), rows("claims.csv")
    opened = {question["question"]: day(question["opened"]) for question in questions}
    early = []
    for claim in claims:
        start, printed = opened[claim["question"]], day(claim["published"])
        if start and printed and printed <= start + datetime.timedelta(days=3):
            hindsight = claim["status"] in ("superseded", "corrected", "disputed", "retracted")
            early.append(claim | ({"status": "asserted"} if hindsight else {}))
    numbers = {}
    for claim in early:
        is_number = claim["estimate"] != "unknown" and not claim["scope"]
        numbers[claim["question"]] = numbers.get(claim["question"], 0) + is_number
    kept = {question for question, count in numbers.items() if count >= 3}
    early = [claim for claim in early if claim["question"] in kept]
    ids = {claim["claim"] for claim in early}
    for claim in early:
        claim["cites"] = ";".join(cited for cited in claim["cites"].split(";") if cited.strip() in ids)
        claim["revises"] = claim["revises"] if claim["revises"] in ids else ""
    os.makedirs(folder, exist_ok=True)
    resolutions = rows("resolutions.csv")
    sources = rows("sources.csv")
    write(folder, "claims.csv", early, list(claims[0]))
    write(folder, "questions.csv", [q for q in questions if q["question"] in kept], list(questions[0]))
    write(folder, "resolutions.csv", [r for r in resolutions if r["question"] in kept], list(resolutions[0]))
    write(folder, "sources.csv", sources, list(sources[0]))
    print(f"{len(early)} claims on {len(kept)} questions in {folder}")


if __name__ == "__main__":
    main(sys.argv[1])
