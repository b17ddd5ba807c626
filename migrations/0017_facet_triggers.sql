-- What is there already, then triggers that keep `facets` as `conversations` and `segments` are, whoever writes those. Written
-- by hand: drizzle-kit knows no triggers.
INSERT INTO `facets` SELECT DISTINCT `org_id`, 'team', `value`, `conversations`.`id`
	FROM `conversations`, json_each(iif(`teams` = '[]', '[""]', `teams`));
--> statement-breakpoint
INSERT INTO `facets` SELECT DISTINCT `org_id`, 'tag', `value`, `conversations`.`id` FROM `conversations`, json_each(`tags`);
--> statement-breakpoint
INSERT INTO `facets` SELECT DISTINCT `org_id`, 'queue', `queue_id`, `conversation_id` FROM `segments`
	WHERE `kind` = 'queue' AND `queue_id` IS NOT NULL;
--> statement-breakpoint
INSERT INTO `facets` SELECT DISTINCT `org_id`, 'agent', `agent_id`, `conversation_id` FROM `segments`
	WHERE `kind` = 'talk' AND `agent_id` IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER `facets_begin` AFTER INSERT ON `conversations`
BEGIN
	INSERT INTO `facets` (`org_id`, `kind`, `value`, `conversation_id`)
		SELECT NEW.`org_id`, 'team', `value`, NEW.`id` FROM json_each(iif(NEW.`teams` = '[]', '[""]', NEW.`teams`))
		UNION SELECT NEW.`org_id`, 'tag', `value`, NEW.`id` FROM json_each(NEW.`tags`);
END;
--> statement-breakpoint
CREATE TRIGGER `facets_change` AFTER UPDATE ON `conversations`
WHEN OLD.`teams` <> NEW.`teams` OR OLD.`tags` <> NEW.`tags` OR OLD.`erased_at` IS NOT NEW.`erased_at`
BEGIN
	DELETE FROM `facets` WHERE `org_id` = NEW.`org_id` AND `conversation_id` = NEW.`id`
		AND (`kind` IN ('team', 'tag') OR NEW.`erased_at` IS NOT NULL);
	INSERT INTO `facets` (`org_id`, `kind`, `value`, `conversation_id`)
		SELECT NEW.`org_id`, 'team', `value`, NEW.`id` FROM json_each(iif(NEW.`teams` = '[]', '[""]', NEW.`teams`))
		UNION SELECT NEW.`org_id`, 'tag', `value`, NEW.`id` FROM json_each(NEW.`tags`);
END;
--> statement-breakpoint
CREATE TRIGGER `facets_end` AFTER DELETE ON `conversations`
BEGIN
	DELETE FROM `facets` WHERE `org_id` = OLD.`org_id` AND `conversation_id` = OLD.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `facets_of_stays` AFTER INSERT ON `segments`
WHEN (NEW.`kind` = 'queue' AND NEW.`queue_id` IS NOT NULL) OR (NEW.`kind` = 'talk' AND NEW.`agent_id` IS NOT NULL)
BEGIN
	INSERT INTO `facets` (`org_id`, `kind`, `value`, `conversation_id`) SELECT NEW.`org_id`,
		iif(NEW.`kind` = 'queue', 'queue', 'agent'), iif(NEW.`kind` = 'queue', NEW.`queue_id`, NEW.`agent_id`),
		NEW.`conversation_id` WHERE true ON CONFLICT DO NOTHING;
END;
