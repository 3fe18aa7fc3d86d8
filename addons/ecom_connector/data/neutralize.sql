-- A copy for trials never talks to a live shop: channels off, credentials gone, other addresses for webhooks.
UPDATE ecom_channel
   SET mode = 'off',
       webhook_key = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
DELETE FROM ecom_channel_credential;
-- What was still to be told belongs to the live shop, not to the one that this copy may be connected to.
UPDATE ecom_message
   SET state = 'ignored', ignore_reason = 'The database was neutralized'
 WHERE direction = 'out' AND state = 'waiting';
