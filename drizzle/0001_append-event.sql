-- The outbox. Called inside the statement that makes the change, so that both happen or neither does.
-- A fact told twice (same dedupe key) is one event; the events of a subject count from one, without gaps.
create function append_event(
  p_id uuid, p_type text, p_subject text, p_dedupe text, p_at timestamptz, p_data jsonb
) returns bigint language plpgsql as $$
declare
  v_seq bigint;
  v_subject_seq integer;
begin
  insert into event_subjects (subject, seq) values (p_subject, 0) on conflict do nothing;
  perform 1 from event_subjects where subject = p_subject for update;
  select seq into v_seq from events where dedupe_key = p_dedupe;
  if found then
    return v_seq;
  end if;
  update event_subjects set seq = seq + 1 where subject = p_subject returning seq into v_subject_seq;
  insert into events (id, type, subject, subject_seq, dedupe_key, at, data)
    values (p_id, p_type, p_subject, v_subject_seq, p_dedupe, p_at, p_data)
    returning seq into v_seq;
  insert into deliveries (event_seq, webhook_id, next_at)
    select v_seq, id, now() from webhooks where disabled_at is null;
  perform pg_notify('vigie_events', v_seq::text);
  return v_seq;
end
$$;
