from django.db import migrations

SQLITE = """
CREATE TRIGGER journal_entry_not_changed BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'The journal only grows: no entry is changed.'); END;

CREATE TRIGGER journal_entry_not_deleted BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'The journal only grows: no entry is deleted.'); END;

CREATE TRIGGER journal_entry_in_turn BEFORE INSERT ON journal_entry
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM journal_entry)
  OR NEW.previous IS NOT COALESCE((SELECT link FROM journal_entry ORDER BY number DESC LIMIT 1), '')
  OR EXISTS (SELECT 1 FROM journal_entry WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'The journal grows at its end only.'); END;

CREATE TRIGGER journal_doer_not_changed BEFORE UPDATE ON journal_doer
BEGIN SELECT RAISE(ABORT, 'Who did an entry of the journal is never changed.'); END;

CREATE TRIGGER journal_doer_once BEFORE INSERT ON journal_doer
WHEN EXISTS (SELECT 1 FROM journal_doer WHERE entry_id = NEW.entry_id OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'Who did an entry of the journal is written once.'); END;

CREATE TRIGGER journal_particulars_not_changed BEFORE UPDATE ON journal_particulars
BEGIN SELECT RAISE(ABORT, 'The particulars of an entry of the journal are never changed.'); END;

CREATE TRIGGER journal_particulars_once BEFORE INSERT ON journal_particulars
WHEN EXISTS (SELECT 1 FROM journal_particulars WHERE entry_id = NEW.entry_id OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'The particulars of an entry of the journal are written once.'); END;
"""

POSTGRESQL = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The journal only grows: % of % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION journal_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  SELECT number, link INTO last FROM journal_entry ORDER BY number DESC LIMIT 1;
  IF NEW.number IS DISTINCT FROM COALESCE(last.number, 0) + 1
      OR NEW.previous IS DISTINCT FROM COALESCE(last.link, '') THEN
    RAISE EXCEPTION 'The journal grows at its end only.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER journal_entry_stays BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_entry_not_emptied BEFORE TRUNCATE ON journal_entry
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_entry_in_turn BEFORE INSERT ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_in_turn();
CREATE TRIGGER journal_doer_not_changed BEFORE UPDATE ON journal_doer
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_doer_not_emptied BEFORE TRUNCATE ON journal_doer
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_particulars_not_changed BEFORE UPDATE ON journal_particulars
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_particulars_not_emptied BEFORE TRUNCATE ON journal_particulars
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_stays;
ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_not_emptied;
ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_in_turn;
ALTER TABLE journal_doer ENABLE ALWAYS TRIGGER journal_doer_not_changed;
ALTER TABLE journal_doer ENABLE ALWAYS TRIGGER journal_doer_not_emptied;
ALTER TABLE journal_particulars ENABLE ALWAYS TRIGGER journal_particulars_not_changed;
ALTER TABLE journal_particulars ENABLE ALWAYS TRIGGER journal_particulars_not_emptied;
"""


def put_up(apps, schema_editor):
    """INSERT OR REPLACE deletes without asking the DELETE trigger of SQLite: so insertions are guarded too."""
    vendor = schema_editor.connection.vendor
    statements = POSTGRESQL if vendor == "postgresql" else SQLITE
    # a blank line ends a statement: inside one stand semicolons
    for statement in statements.strip().split("\n\n") if vendor == "sqlite" else [statements]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0003_chain_what_there_is'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Unchained',
        ),
        migrations.RunPython(put_up, elidable=False),
    ]
