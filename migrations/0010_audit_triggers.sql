-- The audit is only ever added to, whoever writes: what was told twice is left out, what is there stays as it is, and
-- nothing younger than a year goes. Written by hand: drizzle-kit knows no triggers.
CREATE TRIGGER `audit_once` BEFORE INSERT ON `audit`
WHEN EXISTS (SELECT 1 FROM `audit` WHERE `org_id` = NEW.`org_id` AND `id` = NEW.`id`)
BEGIN
	SELECT RAISE(IGNORE);
END;
--> statement-breakpoint
CREATE TRIGGER `audit_stays` BEFORE UPDATE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'the audit is only ever added to');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_is_kept` BEFORE DELETE ON `audit`
WHEN OLD.`at` > (unixepoch() - 365 * 86400) * 1000
BEGIN
	SELECT RAISE(ABORT, 'the audit is kept for a year');
END;
