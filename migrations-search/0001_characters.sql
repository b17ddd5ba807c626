-- One character of a dense script is asked for as a prefix: 16 characters of the realm, the mark, and the character itself.
-- With an index of those beginnings it is found as fast as a word; without, each token that begins with it is read.
-- The old index cannot be changed: it is begun anew, and filled by `npm run admin -- search rebuild` or, deployed, `npm run admin -- rebuild`.
DROP TABLE `words`;
--> statement-breakpoint
DELETE FROM `documents`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `words` USING fts5(body, content='', contentless_delete=1, tokenize='ascii', prefix='18');
