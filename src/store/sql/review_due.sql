-- SPDX-License-Identifier: Apache-2.0
-- Approvals of what is published last, whose time ends before $2, given by an organisation or to it; what is retired (7)
-- needs none. One behind which another goes on, or has begun by $3, has no end that matters. The next to end first.
SELECT a.organisation, a.id, v.version, v.document, o.name_en, o.name_fr, p.body_en, p.body_fr, p.until_at
FROM approval p
JOIN version v ON v.number = p.version
JOIN achievement a ON a.number = p.achievement
JOIN organisation o ON o.number = a.organisation
WHERE (p.body = $1 OR a.organisation = $1) AND p.until_at < $2 AND p.withdrawn_at IS NULL
    AND v.version = (SELECT max(version) FROM version WHERE achievement = a.number)
    AND NOT EXISTS (SELECT 1 FROM approval n WHERE n.version = v.number AND n.withdrawn_at IS NULL
        AND n.from_at <= max(p.until_at, $3) AND (n.until_at IS NULL OR n.until_at > p.until_at
            OR (n.until_at = p.until_at AND n.number > p.number)))
    AND 7 <> (SELECT state FROM review WHERE achievement = a.number AND state IN (5, 7) ORDER BY number DESC LIMIT 1)
ORDER BY p.until_at, p.number
