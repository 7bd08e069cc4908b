-- The study file, format 7: SQLite with application_id 0x4F50414C and user_version 7.
--
-- Cells are plain values: dates YYYY-MM-DD, times of day HH:MM (above 24:00 on the next day), sets
-- as sorted JSON lists, yes and no as 1 and 0. `position` keeps the order of records.

-- The facts and rules of the base, written by `data/ddl.py`.

CREATE TABLE "holidays" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "name" TEXT NOT NULL CHECK (length("name") <= 200)
) STRICT;

CREATE TABLE "specialties" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200)
) STRICT;

CREATE TABLE "theatres" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "suite" TEXT NOT NULL CHECK (length("suite") <= 200),
    "features" TEXT NOT NULL CHECK (json_valid("features") AND json_type("features") = 'array'),
    "beside" TEXT NOT NULL CHECK (json_valid("beside") AND json_type("beside") = 'array')
) STRICT;

CREATE TABLE "sessions" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "theatre" TEXT NOT NULL CHECK (length("theatre") <= 60),
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "start" TEXT NOT NULL CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-4][0-9]:[0-5][0-9]' AND "end" <= '48:00'),
    "owners" TEXT NOT NULL CHECK (json_valid("owners") AND json_type("owners") = 'array'),
    "surgeon" TEXT CHECK (length("surgeon") <= 60),
    "release" TEXT CHECK (date("release", '+0 days') IS "release"),
    "overtime" INTEGER NOT NULL CHECK ("overtime" BETWEEN 0 AND 600),
    "anaesthesia" TEXT NOT NULL CHECK ("anaesthesia" IN ('general', 'local')),
    "closed" INTEGER NOT NULL CHECK ("closed" IN (0, 1)),
    "emergency" INTEGER NOT NULL CHECK ("emergency" IN (0, 1))
) STRICT;

CREATE TABLE "equipment" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "quantity" INTEGER NOT NULL CHECK ("quantity" BETWEEN 0 AND 1000),
    "delay" INTEGER NOT NULL CHECK ("delay" BETWEEN 0 AND 1440)
) STRICT;

CREATE TABLE "recoveries" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "posts" INTEGER NOT NULL CHECK ("posts" BETWEEN 0 AND 1000),
    "start" TEXT NOT NULL CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-4][0-9]:[0-5][0-9]' AND "end" <= '48:00'),
    "suites" TEXT NOT NULL CHECK (json_valid("suites") AND json_type("suites") = 'array')
) STRICT;

CREATE TABLE "wards" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "kind" TEXT NOT NULL CHECK ("kind" IN ('ward', 'intensive', 'day')),
    "beds" INTEGER NOT NULL CHECK ("beds" BETWEEN 0 AND 10000),
    "open" TEXT NOT NULL CHECK (json_valid("open") AND json_type("open") = 'array'),
    "start" TEXT NOT NULL CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-4][0-9]:[0-5][0-9]' AND "end" <= '48:00')
) STRICT;

CREATE TABLE "census" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "ward" TEXT NOT NULL CHECK (length("ward") <= 60),
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "taken" INTEGER NOT NULL CHECK ("taken" BETWEEN 0 AND 10000)
) STRICT;

CREATE TABLE "anaesthesia" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "start" TEXT NOT NULL CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-4][0-9]:[0-5][0-9]' AND "end" <= '48:00'),
    "anaesthetists" INTEGER NOT NULL CHECK ("anaesthetists" BETWEEN 0 AND 1000),
    "suites" TEXT NOT NULL CHECK (json_valid("suites") AND json_type("suites") = 'array')
) STRICT;

CREATE TABLE "teams" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "start" TEXT NOT NULL CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-4][0-9]:[0-5][0-9]' AND "end" <= '48:00'),
    "teams" INTEGER NOT NULL CHECK ("teams" BETWEEN 0 AND 1000),
    "suites" TEXT NOT NULL CHECK (json_valid("suites") AND json_type("suites") = 'array'),
    "specialties" TEXT NOT NULL CHECK (json_valid("specialties") AND json_type("specialties") = 'array')
) STRICT;

CREATE TABLE "priorities" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "wait" INTEGER NOT NULL CHECK ("wait" BETWEEN 0 AND 4000)
) STRICT;

CREATE TABLE "procedures" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "specialty" TEXT NOT NULL CHECK (length("specialty") <= 60),
    "mean" INTEGER NOT NULL CHECK ("mean" BETWEEN 1 AND 1440),
    "deviation" INTEGER NOT NULL CHECK ("deviation" BETWEEN 0 AND 1440),
    "shift" INTEGER NOT NULL CHECK ("shift" BETWEEN 0 AND 1440),
    "turnover" INTEGER NOT NULL CHECK ("turnover" BETWEEN 0 AND 240),
    "features" TEXT NOT NULL CHECK (json_valid("features") AND json_type("features") = 'array'),
    "equipment" TEXT NOT NULL CHECK (json_valid("equipment") AND json_type("equipment") = 'array'),
    "anaesthesia" TEXT NOT NULL CHECK ("anaesthesia" IN ('general', 'local')),
    "recovery" INTEGER NOT NULL CHECK ("recovery" BETWEEN 0 AND 1440),
    "stay" INTEGER NOT NULL CHECK ("stay" BETWEEN 0 AND 1440),
    "opening" INTEGER NOT NULL CHECK ("opening" BETWEEN 0 AND 1440),
    "closing" INTEGER NOT NULL CHECK ("closing" BETWEEN 0 AND 1440)
) STRICT;

CREATE TABLE "surgeons" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "specialty" TEXT NOT NULL CHECK (length("specialty") <= 60),
    "procedures" TEXT NOT NULL CHECK (json_valid("procedures") AND json_type("procedures") = 'array'),
    "pace" INTEGER NOT NULL CHECK ("pace" BETWEEN 25 AND 400),
    "rooms" INTEGER NOT NULL CHECK ("rooms" BETWEEN 1 AND 2),
    "teaches" INTEGER NOT NULL CHECK ("teaches" IN (0, 1)),
    "prefers" TEXT NOT NULL CHECK ("prefers" IN ('', 'morning', 'afternoon'))
) STRICT;

CREATE TABLE "templates" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "theatre" TEXT NOT NULL CHECK (length("theatre") <= 60),
    "cycle" INTEGER NOT NULL CHECK ("cycle" BETWEEN 1 AND 4),
    "week" INTEGER NOT NULL CHECK ("week" BETWEEN 1 AND 4),
    "weekday" TEXT NOT NULL CHECK ("weekday" IN ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')),
    "start" TEXT NOT NULL CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-4][0-9]:[0-5][0-9]' AND "end" <= '48:00'),
    "owners" TEXT NOT NULL CHECK (json_valid("owners") AND json_type("owners") = 'array'),
    "surgeon" TEXT CHECK (length("surgeon") <= 60),
    "release" INTEGER CHECK ("release" BETWEEN 0 AND 365),
    "overtime" INTEGER NOT NULL CHECK ("overtime" BETWEEN 0 AND 600),
    "anaesthesia" TEXT NOT NULL CHECK ("anaesthesia" IN ('general', 'local')),
    "closed" INTEGER NOT NULL CHECK ("closed" IN (0, 1)),
    "emergency" INTEGER NOT NULL CHECK ("emergency" IN (0, 1))
) STRICT;

CREATE TABLE "cases" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "procedure" TEXT NOT NULL CHECK (length("procedure") <= 60),
    "specialty" TEXT NOT NULL CHECK (length("specialty") <= 60),
    "surgeons" TEXT NOT NULL CHECK (json_valid("surgeons") AND json_type("surgeons") = 'array'),
    "unattended" INTEGER NOT NULL CHECK ("unattended" IN (0, 1)),
    "priority" TEXT NOT NULL CHECK (length("priority") <= 60),
    "mean" INTEGER NOT NULL CHECK ("mean" BETWEEN 1 AND 1440),
    "deviation" INTEGER NOT NULL CHECK ("deviation" BETWEEN 0 AND 1440),
    "listed" TEXT NOT NULL CHECK (date("listed", '+0 days') IS "listed"),
    "due" TEXT CHECK (date("due", '+0 days') IS "due"),
    "earliest" TEXT CHECK (date("earliest", '+0 days') IS "earliest"),
    "unavailable" TEXT NOT NULL CHECK (json_valid("unavailable") AND json_type("unavailable") = 'array'),
    "mode" TEXT NOT NULL CHECK ("mode" IN ('inpatient', 'day', 'outpatient')),
    "ward" TEXT CHECK (length("ward") <= 60),
    "nights_before" INTEGER NOT NULL CHECK ("nights_before" BETWEEN 0 AND 60),
    "nights" INTEGER NOT NULL CHECK ("nights" BETWEEN 0 AND 365),
    "intensive" TEXT CHECK (length("intensive") <= 60),
    "intensive_nights" INTEGER NOT NULL CHECK ("intensive_nights" BETWEEN 0 AND 365),
    "equipment" TEXT NOT NULL CHECK (json_valid("equipment") AND json_type("equipment") = 'array'),
    "delivery" TEXT CHECK (date("delivery", '+0 days') IS "delivery"),
    "partners" TEXT NOT NULL CHECK (json_valid("partners") AND json_type("partners") = 'array'),
    "trainee" INTEGER NOT NULL CHECK ("trainee" IN (0, 1)),
    "prefers" TEXT NOT NULL CHECK ("prefers" IN ('', 'morning', 'afternoon')),
    "suites" TEXT NOT NULL CHECK (json_valid("suites") AND json_type("suites") = 'array'),
    "flags" TEXT NOT NULL CHECK (json_valid("flags") AND json_type("flags") = 'array'),
    "age" TEXT NOT NULL CHECK (length("age") <= 200),
    "sex" TEXT NOT NULL CHECK ("sex" IN ('', 'f', 'm')),
    "note" TEXT NOT NULL CHECK (length("note") <= 200)
) STRICT;

CREATE TABLE "appointments" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "session" TEXT CHECK (length("session") <= 60),
    "start" TEXT CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "told" TEXT CHECK (date("told", '+0 days') IS "told")
) STRICT;

CREATE TABLE "contracts" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "week" INTEGER NOT NULL CHECK ("week" BETWEEN 0 AND 6000)
) STRICT;

CREATE TABLE "staff" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "contract" TEXT NOT NULL CHECK (length("contract") <= 60),
    "role" TEXT NOT NULL CHECK (length("role") <= 200),
    "team" TEXT NOT NULL CHECK (length("team") <= 200),
    "skills" TEXT NOT NULL CHECK (json_valid("skills") AND json_type("skills") = 'array'),
    "share" INTEGER NOT NULL CHECK ("share" BETWEEN 1 AND 100),
    "shifts" TEXT NOT NULL CHECK (json_valid("shifts") AND json_type("shifts") = 'array'),
    "last" TEXT CHECK (date("last", '+0 days') IS "last")
) STRICT;

CREATE TABLE "absences" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "person" TEXT NOT NULL CHECK (length("person") <= 60),
    "first" TEXT NOT NULL CHECK (date("first", '+0 days') IS "first"),
    "last" TEXT NOT NULL CHECK (date("last", '+0 days') IS "last"),
    "start" TEXT CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "end" TEXT CHECK ("end" GLOB '[0-4][0-9]:[0-5][0-9]' AND "end" <= '48:00'),
    "reason" TEXT NOT NULL CHECK (length("reason") <= 200)
) STRICT;

CREATE TABLE "requests" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "person" TEXT NOT NULL CHECK (length("person") <= 60),
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "shift" TEXT CHECK (length("shift") <= 60),
    "wanted" INTEGER NOT NULL CHECK ("wanted" IN (0, 1)),
    "weight" INTEGER NOT NULL CHECK ("weight" BETWEEN 0 AND 10000)
) STRICT;

CREATE TABLE "histories" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "past" TEXT NOT NULL CHECK (json_valid("past") AND json_type("past") = 'array')
) STRICT;

CREATE TABLE "carried" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "person" TEXT NOT NULL CHECK (length("person") <= 60),
    "measure" TEXT NOT NULL CHECK (length("measure") <= 60),
    "since" TEXT NOT NULL CHECK (date("since", '+0 days') IS "since"),
    "until" TEXT NOT NULL CHECK (date("until", '+0 days') IS "until"),
    "amount" INTEGER NOT NULL CHECK ("amount" BETWEEN -1000000 AND 1000000)
) STRICT;

CREATE TABLE "shifts" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "start" TEXT NOT NULL CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    "end" TEXT NOT NULL CHECK ("end" GLOB '[0-4][0-9]:[0-5][0-9]' AND "end" <= '48:00'),
    "pause" INTEGER NOT NULL CHECK ("pause" BETWEEN 0 AND 600),
    "track" TEXT NOT NULL CHECK (length("track") <= 20),
    "tags" TEXT NOT NULL CHECK (json_valid("tags") AND json_type("tags") = 'array'),
    "half_days" INTEGER NOT NULL CHECK ("half_days" BETWEEN 0 AND 4)
) STRICT;

CREATE TABLE "promises" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "days" TEXT NOT NULL CHECK (json_valid("days") AND json_type("days") = 'array'),
    "told" TEXT CHECK (date("told", '+0 days') IS "told")
) STRICT;

CREATE TABLE "cover" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "shifts" TEXT NOT NULL CHECK (json_valid("shifts") AND json_type("shifts") = 'array'),
    "skill" TEXT CHECK (length("skill") <= 200),
    "least" INTEGER NOT NULL CHECK ("least" BETWEEN 0 AND 10000),
    "best" INTEGER NOT NULL CHECK ("best" BETWEEN 0 AND 10000),
    "most" INTEGER CHECK ("most" BETWEEN 0 AND 10000),
    "price_below" INTEGER NOT NULL CHECK ("price_below" BETWEEN 0 AND 1000000),
    "price_above" INTEGER NOT NULL CHECK ("price_above" BETWEEN 0 AND 1000000)
) STRICT;

CREATE TABLE "rotations" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "weeks" INTEGER NOT NULL CHECK ("weeks" BETWEEN 1 AND 12),
    "shifts" TEXT NOT NULL CHECK (json_valid("shifts") AND json_type("shifts") = 'array'),
    "holidays" INTEGER NOT NULL CHECK ("holidays" IN (0, 1))
) STRICT;

CREATE TABLE "lines" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "rotation" TEXT NOT NULL CHECK (length("rotation") <= 60),
    "number" INTEGER NOT NULL CHECK ("number" BETWEEN 1 AND 12),
    "mon" TEXT CHECK (length("mon") <= 60),
    "tue" TEXT CHECK (length("tue") <= 60),
    "wed" TEXT CHECK (length("wed") <= 60),
    "thu" TEXT CHECK (length("thu") <= 60),
    "fri" TEXT CHECK (length("fri") <= 60),
    "sat" TEXT CHECK (length("sat") <= 60),
    "sun" TEXT CHECK (length("sun") <= 60)
) STRICT;

CREATE TABLE "turns" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "rotation" TEXT NOT NULL CHECK (length("rotation") <= 60),
    "line" INTEGER NOT NULL CHECK ("line" BETWEEN 1 AND 12)
) STRICT;

CREATE TABLE "weekly" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "rotation" TEXT NOT NULL CHECK (length("rotation") <= 60),
    "weekdays" TEXT NOT NULL CHECK (json_valid("weekdays") AND json_type("weekdays") = 'array'),
    "shifts" TEXT NOT NULL CHECK (json_valid("shifts") AND json_type("shifts") = 'array'),
    "skill" TEXT CHECK (length("skill") <= 200),
    "least" INTEGER NOT NULL CHECK ("least" BETWEEN 0 AND 10000),
    "best" INTEGER NOT NULL CHECK ("best" BETWEEN 0 AND 10000),
    "most" INTEGER CHECK ("most" BETWEEN 0 AND 10000),
    "price_below" INTEGER NOT NULL CHECK ("price_below" BETWEEN 0 AND 1000000),
    "price_above" INTEGER NOT NULL CHECK ("price_above" BETWEEN 0 AND 1000000)
) STRICT;

CREATE TABLE "rules" (
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "type" TEXT NOT NULL CHECK (length("type") <= 60),
    "tier" INTEGER NOT NULL CHECK ("tier" BETWEEN 0 AND 4),
    "weight" INTEGER CHECK ("weight" BETWEEN 0 AND 1000000),
    "scope" TEXT NOT NULL CHECK (json_valid("scope") AND json_type("scope") = 'object'),
    "enabled" INTEGER NOT NULL CHECK ("enabled" IN (0, 1)),
    "title_fr" TEXT NOT NULL CHECK (length("title_fr") <= 200),
    "title_en" TEXT NOT NULL CHECK (length("title_en") <= 200),
    "source" TEXT NOT NULL CHECK (length("source") <= 400),
    "expert" TEXT NOT NULL CHECK (json_valid("expert") AND json_type("expert") = 'array'),
    "parameters" TEXT NOT NULL CHECK (json_valid("parameters") AND json_type("parameters") = 'object')
) STRICT;

-- The study itself, its scenarios, plans and history.

CREATE TABLE "study" (
    "key" INTEGER PRIMARY KEY CHECK ("key" = 1),
    "id" TEXT NOT NULL CHECK (length("id") BETWEEN 1 AND 60 AND "id" NOT GLOB '*[^0-9A-Za-z_-]*'),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "start" TEXT NOT NULL CHECK (date("start", '+0 days') IS "start"),
    "days" INTEGER NOT NULL CHECK ("days" BETWEEN 1 AND 4000),
    "zone" TEXT NOT NULL CHECK (length("zone") <= 60),
    "as_of" TEXT NOT NULL CHECK (date("as_of", '+0 days') IS "as_of"),
    "clock" INTEGER NOT NULL CHECK ("clock" IN (0, 1)),
    "order" TEXT NOT NULL CHECK ("order" IN ('weighted', 'strict')),
    "noon" TEXT NOT NULL CHECK ("noon" GLOB '[0-4][0-9]:[0-5][0-9]' AND "noon" <= '24:00')
) STRICT;

-- The base is the scenario without a parent.
CREATE TABLE "scenarios" (
    "number" INTEGER PRIMARY KEY,
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "name" TEXT NOT NULL UNIQUE CHECK (length("name") BETWEEN 1 AND 100),
    "parent" TEXT CHECK (length("parent") <= 100),
    "note" TEXT NOT NULL CHECK (length("note") <= 10000)
) STRICT;

CREATE TABLE "change_sets" (
    "scenario" INTEGER NOT NULL,
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "name" TEXT NOT NULL CHECK (length("name") <= 1000),
    "enabled" INTEGER NOT NULL CHECK ("enabled" IN (0, 1)),
    PRIMARY KEY ("scenario", "position")
) STRICT;

-- `expected` and `value` are JSON: of a set the value before and after, of an adjustment the
-- number to add, of an addition the record.
CREATE TABLE "changes" (
    "scenario" INTEGER NOT NULL,
    "change_set" INTEGER NOT NULL,
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "action" TEXT NOT NULL CHECK ("action" IN ('set', 'adjust', 'add', 'remove')),
    "kind" TEXT NOT NULL CHECK (length("kind") <= 60),
    "id" TEXT NOT NULL CHECK (length("id") <= 60),
    "field" TEXT CHECK (length("field") <= 60),
    "expected" TEXT CHECK ("expected" IS NULL OR json_valid("expected")),
    "value" TEXT CHECK ("value" IS NULL OR json_valid("value")),
    PRIMARY KEY ("scenario", "change_set", "position")
) STRICT;

CREATE TABLE "pins" (
    "scenario" INTEGER NOT NULL,
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "kind" TEXT NOT NULL CHECK (length("kind") <= 60),
    "id" TEXT NOT NULL CHECK (length("id") <= 60),
    "first" TEXT CHECK (date("first", '+0 days') IS "first"),
    "last" TEXT CHECK (date("last", '+0 days') IS "last"),
    PRIMARY KEY ("scenario", "position")
) STRICT;

CREATE TABLE "waivers" (
    "scenario" INTEGER NOT NULL,
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "rule" TEXT NOT NULL CHECK (length("rule") <= 60),
    "subjects" TEXT NOT NULL CHECK (json_valid("subjects") AND json_type("subjects") = 'array'),
    "first" TEXT NOT NULL CHECK (date("first", '+0 days') IS "first"),
    "last" TEXT NOT NULL CHECK (date("last", '+0 days') IS "last"),
    "most" INTEGER NOT NULL CHECK ("most" BETWEEN 0 AND 1000000000),
    "reason" TEXT NOT NULL CHECK (length("reason") <= 10000),
    "author" TEXT NOT NULL CHECK (length("author") <= 200),
    "made" TEXT NOT NULL CHECK (date("made", '+0 days') IS "made"),
    PRIMARY KEY ("scenario", "position")
) STRICT;

-- Who put a scenario's plan forward, approved or published it, the newest last. `account` is that of
-- the operating system; `name` is what it typed for somebody else. `digest` tells whether facts, plan
-- and waivers are still those that were signed.
CREATE TABLE "signatures" (
    "scenario" INTEGER NOT NULL,
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "step" TEXT NOT NULL CHECK ("step" IN ('proposed', 'approved', 'published')),
    "account" TEXT NOT NULL CHECK (length("account") BETWEEN 1 AND 200),
    "name" TEXT NOT NULL CHECK (length("name") <= 200),
    "made" TEXT NOT NULL CHECK (length("made") <= 40),
    "reason" TEXT NOT NULL CHECK (length("reason") <= 10000),
    "digest" TEXT NOT NULL CHECK (length("digest") <= 100),
    PRIMARY KEY ("scenario", "position")
) STRICT;

-- A scenario's plan, and the published one where there is one. `made_for` is the fingerprint of
-- the facts and rules that it was made for; `score` and `indicators` are as last computed.
CREATE TABLE "plans" (
    "number" INTEGER PRIMARY KEY,
    "scenario" INTEGER NOT NULL,
    "which" TEXT NOT NULL CHECK ("which" IN ('plan', 'published')),
    "made_for" TEXT CHECK (length("made_for") <= 100),
    "score" TEXT CHECK ("score" IS NULL OR json_valid("score") AND json_type("score") = 'object'),
    "indicators" TEXT CHECK ("indicators" IS NULL OR json_valid("indicators") AND json_type("indicators") = 'object'),
    UNIQUE ("scenario", "which")
) STRICT;

-- The cases and the days of people that a plan has otherwise than the plan that it stands on: the
-- parent scenario's, or for a published plan the plan of the same scenario. All others are as there.
-- A case without a session has no place, a day of a person without a shift no duty.
CREATE TABLE "placements" (
    "plan" INTEGER NOT NULL,
    "case" TEXT NOT NULL CHECK (length("case") <= 60),
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "session" TEXT CHECK (length("session") <= 60),
    "surgeon" TEXT CHECK (length("surgeon") <= 60),
    "start" TEXT CHECK ("start" GLOB '[0-4][0-9]:[0-5][0-9]' AND "start" <= '48:00'),
    PRIMARY KEY ("plan", "case", "position")
) STRICT;

CREATE TABLE "duties" (
    "plan" INTEGER NOT NULL,
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "person" TEXT NOT NULL CHECK (length("person") <= 60),
    "position" INTEGER NOT NULL CHECK ("position" >= 0),
    "shift" TEXT CHECK (length("shift") <= 60),
    PRIMARY KEY ("plan", "day", "person", "position")
) STRICT;

-- What was simulated of a scenario's plan. A day is out of date where its digest is another one by
-- now. Chances are per mille; ends are minutes after midnight. Those that stand on the forecast of the
-- parent scenario have rows for the days alone that they have otherwise.
CREATE TABLE "forecasts" (
    "scenario" INTEGER PRIMARY KEY,
    "replications" INTEGER NOT NULL CHECK ("replications" BETWEEN 1 AND 1000000),
    "seed" INTEGER NOT NULL CHECK ("seed" BETWEEN 0 AND 2147483647),
    "high" INTEGER NOT NULL CHECK ("high" BETWEEN 0 AND 1000000000)
) STRICT;

CREATE TABLE "forecast_stands" (
    "scenario" INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE "forecast_days" (
    "scenario" INTEGER NOT NULL,
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "digest" TEXT NOT NULL CHECK (length("digest") = 16),
    PRIMARY KEY ("scenario", "day")
) STRICT;

CREATE TABLE "forecast_sessions" (
    "scenario" INTEGER NOT NULL,
    "day" TEXT NOT NULL CHECK (date("day", '+0 days') IS "day"),
    "session" TEXT NOT NULL CHECK (length("session") <= 60),
    "late" INTEGER NOT NULL CHECK ("late" BETWEEN 0 AND 1000),
    "over" INTEGER NOT NULL CHECK ("over" BETWEEN 0 AND "late"),
    "overtime" INTEGER NOT NULL CHECK ("overtime" BETWEEN 0 AND 99999),
    "half" INTEGER NOT NULL CHECK ("half" BETWEEN 0 AND "most"),
    "most" INTEGER NOT NULL CHECK ("most" BETWEEN 0 AND "nearly"),
    "nearly" INTEGER NOT NULL CHECK ("nearly" BETWEEN 0 AND 99999),
    PRIMARY KEY ("scenario", "day", "session")
) STRICT;

CREATE TABLE "runs" (
    "id" TEXT NOT NULL PRIMARY KEY CHECK (length("id") <= 60),
    "scenario" TEXT NOT NULL CHECK (length("scenario") <= 100),
    "started" TEXT NOT NULL CHECK (length("started") <= 40),
    "fingerprint" TEXT NOT NULL CHECK (length("fingerprint") <= 100),
    "request" TEXT NOT NULL CHECK (length("request") <= 100),
    "options" TEXT NOT NULL CHECK (json_valid("options") AND json_type("options") = 'object'),
    "seed" INTEGER NOT NULL,
    "versions" TEXT NOT NULL CHECK (json_valid("versions") AND json_type("versions") = 'object'),
    "status" TEXT NOT NULL CHECK (length("status") <= 40),
    "score" TEXT CHECK ("score" IS NULL OR json_valid("score") AND json_type("score") = 'object'),
    "bound" INTEGER,
    "seconds" REAL NOT NULL CHECK ("seconds" >= 0),
    "cpu_seconds" REAL NOT NULL CHECK ("cpu_seconds" >= 0)
) STRICT;

-- The audit trail: rows are added and never changed.
CREATE TABLE "journal" (
    "number" INTEGER PRIMARY KEY,
    "made" TEXT NOT NULL CHECK (length("made") <= 40),
    "author" TEXT NOT NULL CHECK (length("author") <= 200),
    "action" TEXT NOT NULL CHECK (length("action") <= 100),
    "scenarios" TEXT NOT NULL CHECK (json_valid("scenarios") AND json_type("scenarios") = 'array'),
    "parameters" TEXT NOT NULL CHECK (json_valid("parameters") AND json_type("parameters") = 'object'),
    "fingerprints" TEXT NOT NULL CHECK (json_valid("fingerprints") AND json_type("fingerprints") = 'object'),
    "versions" TEXT NOT NULL CHECK (json_valid("versions") AND json_type("versions") = 'object'),
    "run" TEXT CHECK (length("run") <= 60),
    "seed" INTEGER,
    "status" TEXT NOT NULL CHECK (length("status") <= 40),
    "reason" TEXT NOT NULL CHECK (length("reason") <= 10000)
) STRICT;

-- What a line of the journal changed, told backwards: rows that it took away, and the keys of rows
-- that it made. With all of them from a line on, the state after that line can be made again. Empty
-- for a line that came with another file and changed nothing here; the oldest are let go in time.
CREATE TABLE "deltas" (
    "line" INTEGER PRIMARY KEY,
    "body" TEXT NOT NULL CHECK ("body" = '' OR json_valid("body") AND json_type("body") = 'object')
) STRICT;

-- Who shared the file, and why; one that is `read_only` is changed in a copy alone.
CREATE TABLE "shared" (
    "key" INTEGER PRIMARY KEY CHECK ("key" = 1),
    "author" TEXT NOT NULL CHECK (length("author") <= 200),
    "made" TEXT NOT NULL CHECK (length("made") <= 40),
    "reason" TEXT NOT NULL CHECK (length("reason") <= 10000),
    "read_only" INTEGER NOT NULL CHECK ("read_only" IN (0, 1))
) STRICT;
