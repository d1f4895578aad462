import Database

/// The tables of files and their steps, which only grow; of those that are open one row says how they stand.
enum DossierSchema {
    static let migrations = [
        Migration(
            id: "access-005",
            sql: first + Migration.appendOnly(table: "dossier") + Migration.appendOnly(table: "dossier_step")),
        // The file that a session works in; null while it works in none.
        Migration(id: "access-006", sql: "ALTER TABLE session ADD COLUMN dossier_id {int};"),
        Migration(
            id: "access-010",
            sql: acts + Migration.appendOnly(table: "dossier_act")
                + Migration.appendOnly(table: "dossier_approval")),
        // What a form, or a program's request, made, and what it asked for, so that sent again it gets the same answer.
        Migration(
            id: "access-011",
            sql: """
                ALTER TABLE sent_form ADD COLUMN made_id {int};
                ALTER TABLE sent_form ADD COLUMN content {blob};
                """),
        // What the looks of a session are for that works in no file.
        Migration(
            id: "access-015",
            sql: """
                ALTER TABLE session ADD COLUMN purpose TEXT
                    CONSTRAINT session_purpose CHECK (length(purpose) BETWEEN 1 AND 200);
                """),
        Migration(
            id: "access-016",
            sql: "CREATE INDEX dossier_by_applicant ON dossier (applicant_handle) WHERE applicant_handle IS NOT NULL;"),
    ]

    private static let acts = """
        -- Which acts were recorded in a file, and which were asked in it: an act belongs to one file at most.
        CREATE TABLE dossier_act (
            act_id {int} NOT NULL PRIMARY KEY CHECK (act_id > 0),
            dossier_id {int} NOT NULL REFERENCES dossier (dossier_id)
        ) {strict};
        CREATE INDEX dossier_act_by_dossier ON dossier_act (dossier_id, act_id);

        CREATE TABLE dossier_approval (
            approval_id {int} NOT NULL PRIMARY KEY REFERENCES approval (approval_id),
            dossier_id {int} NOT NULL REFERENCES dossier (dossier_id)
        ) {strict};

        """

    private static let first = """
        CREATE TABLE dossier (
            dossier_id {int} NOT NULL PRIMARY KEY CHECK (dossier_id > 0),
            code {text} NOT NULL UNIQUE CHECK (length(code) = 12),
            procedure_name TEXT NOT NULL,
            legal_basis TEXT NOT NULL,
            working_days {int} CHECK (working_days > 0),
            applicant_handle {text} CHECK (length(applicant_handle) = 26),
            applicant_name TEXT CHECK (length(applicant_name) BETWEEN 1 AND 80),
            office {text} NOT NULL,
            CONSTRAINT dossier_one_applicant CHECK ((applicant_handle IS NULL) <> (applicant_name IS NULL))
        ) {strict};

        CREATE TABLE dossier_step (
            dossier_id {int} NOT NULL REFERENCES dossier (dossier_id),
            -- The next number: of two that move a file at once, one wins.
            step {int} NOT NULL CHECK (step BETWEEN 1 AND 200),
            stage TEXT NOT NULL
                CHECK (stage IN ('received', 'in_work', 'waiting', 'returned', 'closed', 'refused')),
            officer {text} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            stepped_at {int} NOT NULL,
            note TEXT CHECK (length(note) BETWEEN 1 AND 500),
            PRIMARY KEY (dossier_id, step),
            CONSTRAINT dossier_step_explained
                CHECK (note IS NOT NULL OR stage NOT IN ('waiting', 'returned', 'refused')),
            CONSTRAINT dossier_step_received CHECK ((step = 1) = (stage = 'received'))
        ) {strict};

        -- What follows from the last steps of the files that are open, for the queues.
        CREATE TABLE open_dossier (
            dossier_id {int} NOT NULL PRIMARY KEY REFERENCES dossier (dossier_id),
            office {text} NOT NULL,
            officer {text} NOT NULL,
            stage TEXT NOT NULL,
            opened_at {int} NOT NULL,
            -- Null while no clock runs.
            due_on {text}
        ) {strict};
        CREATE INDEX open_dossier_by_office ON open_dossier (office, due_on);
        CREATE INDEX open_dossier_by_officer ON open_dossier (officer);

        """
}
