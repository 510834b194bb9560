-- SPDX-License-Identifier: Apache-2.0
-- Approvals of what is published last that end within 90 days, or have ended by $1, and that nobody was reminded of since
-- the last threshold: 90, 30, 7 days, the end. One that was given for a shorter time is not told of at once. What is
-- retired (7) needs none. What ended more than 30 days ago is no news: it ended before there were reminders, or while the
-- server was off. One behind which another goes on has no end that matters.
SELECT number, organisation, id, name_en, name_fr, document, days, until_at
FROM (SELECT p.number, o.number AS organisation, o.id, o.name_en, o.name_fr, v.document, p.until_at, p.made_at, p.reminded,
        CASE WHEN p.until_at <= $1 THEN 0 WHEN p.until_at <= $1 + 7 * 86400 THEN 7
            WHEN p.until_at <= $1 + 30 * 86400 THEN 30 ELSE 90 END AS days
    FROM approval p
    JOIN version v ON v.number = p.version
    JOIN achievement a ON a.number = p.achievement
    JOIN organisation o ON o.number = a.organisation
    WHERE p.until_at <= $1 + 90 * 86400 AND p.until_at > $1 - 30 * 86400 AND p.withdrawn_at IS NULL
        AND coalesce(p.reminded, 1) > 0
        AND v.version = (SELECT max(version) FROM version WHERE achievement = a.number)
        AND NOT EXISTS (SELECT 1 FROM approval n WHERE n.version = v.number AND n.withdrawn_at IS NULL
            AND n.from_at <= max(p.until_at, $1) AND (n.until_at IS NULL OR n.until_at > p.until_at
                OR (n.until_at = p.until_at AND n.number > p.number)))
        AND 7 <> (SELECT state FROM review WHERE achievement = a.number AND state IN (5, 7) ORDER BY number DESC LIMIT 1))
    AS ending
WHERE (reminded IS NULL OR reminded > days) AND until_at - days * 86400 > made_at
ORDER BY organisation, days = 0, until_at, number LIMIT $2
