use std::sync::Arc;
use sea_orm::{ConnectionTrait, Database, Statement};
use crate::place::{Place, both};
both! { plans }
async fn plans(place: Arc<Place>) {
    let store = place.open().await;
    drop(store);
    let url = if place.postgres { place.url.clone() } else { format!("sqlite:{}", place.url) };
    let db = Database::connect(url).await.unwrap();
    let sq = !place.postgres;
    let t = |s: &str| if sq { s.replace("true","1").replace("false","0") } else { s.to_owned() };
    let gen_ = |cols: &str, table: &str, names: &str| if sq {
        format!("INSERT INTO {table} ({names}) WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM g WHERE i<30000) SELECT {cols} FROM g")
    } else { format!("INSERT INTO {table} ({names}) SELECT {cols} FROM generate_series(1,30000) AS g(i)") };
    let text = |c: &str| format!("CAST({c} AS TEXT)");
    let ins = [
        gen_("1,i,0,true,i/3,0,i,'b'", "member", "ledger_id,id,status,here,referred_by,period,next_due,body"),
        gen_("1,i,i/2+1,true,true,true,'b'", "appeal", "ledger_id,id,owner,monthly,is_open,findable,body"),
        gen_("1,i,i/3+1,i/4+1,i/5+1,(i%3)=0,'b'", "intention", "ledger_id,id,author,recipient,appeal,live,body"),
        gen_("1,i,i/3+1,i/4+1,i/5+1,(i%3)=0,20000+i%50,'b'", "obligation", "ledger_id,id,debtor,creditor,appeal,unsettled,last_period,body"),
        gen_("1,i,i/3+1,i/4+1,(i%3)=0,'b'", "offer", "ledger_id,id,from_member,to_member,waiting,body"),
        gen_("1,i,i/3+1,i/4+1,(i%3)>0,'b'", "link", "ledger_id,id,about,maker,active,body"),
        gen_("1,i/5+1,i", "visit", "ledger_id,link,member"),
        gen_("1,i,i/2+1", "block", "ledger_id,blocker,blocked"),
        gen_("1,i/4+1,i,i/8+1", "circle", "ledger_id,appeal,helper,owner"),
        gen_(&format!("1,i,1,i,0,i,'k',i/3,i/4,i/5,i/6,{},'b','h'", text("i")), "journal", "ledger_id,seq,version,at,by_kind,by_member,kind,member,other,record,tied,command,body,hash"),
        gen_(&format!("1,{},1,1,i", text("i*7")), "command", "ledger_id,id,first_seq,last_seq,at"),
        gen_(&format!("1,'t',{},'h','',{},i,1,'o'", text("i"), text("i")), "inbox", "ledger_id,platform,update_key,payload_hash,payload,account,received_at,state,outcome"),
        gen_(&format!("1,i,i/5+1,'c','k',false,CASE WHEN i%10=0 THEN 0 ELSE 2 END,0,0,i"), "outbox", "ledger_id,cause,recipient,category,kind,urgent,status,not_before,attempts,created"),
        gen_(&format!("1,{},'t',{},i/2,'b',1,i", text("i*13"), text("i")), "menu", "ledger_id,id,platform,address,member_id,body,created,expires"),
        gen_(&format!("1,'t',{},i/2+1,0,0,0", text("i")), "account", "ledger_id,platform,address,member_id,created,last_used,state"),
        gen_(&format!("1,i,'en','b'"), "person", "ledger_id,member_id,language,body"),
        gen_(&format!("1,{},i/2+1,'b'", text("i")), "note", "ledger_id,id,member_id,text"),
    ];
    for one in ins { let one = t(&one); let one = if sq { one } else { one }; db.execute_unprepared(&one).await.unwrap(); }
    if !sq { db.execute_unprepared("ANALYZE").await.unwrap(); }
    let among = |c: &str, p: usize| if sq { format!("{c} IN (SELECT value FROM json_each('[' || ${p} || ']'))") } else { format!("{c} = ANY(string_to_array(${p}, ',')::bigint[])") };
    let pairs = |a: &str, b: &str, k: &str, p: usize| if sq { format!("({a}, {b}) IN (SELECT value->>0, value->>1 FROM json_each(${p}))") } else { format!("({a}, {b}) IN (SELECT (value->>0)::{k}, (value->>1)::{k} FROM json_array_elements(${p}::json))") };
    let texts = |c: &str, p: usize| if sq { format!("{c} IN (SELECT value FROM json_each(${p}))") } else { format!("{c} IN (SELECT json_array_elements_text(${p}::json))") };
    let v = |s: &str| sea_orm::Value::from(s);
    let n = |i: i64| sea_orm::Value::from(i);
    let ids = "5,6,7";
    let visited = format!("id IN (SELECT link FROM visit WHERE ledger_id = $1 AND {})", among("member", 2));
    let tests: Vec<(&str, String, Vec<sea_orm::Value>)> = vec![
        ("members id", format!("SELECT body FROM member WHERE ledger_id = $1 AND {}", among("id",2)), vec![n(1), v(ids)]),
        ("members ref", format!("SELECT body FROM member WHERE ledger_id = $1 AND {}", among("referred_by",2)), vec![n(1), v(ids)]),
        ("int author", format!("SELECT body FROM intention WHERE ledger_id = $1 AND live AND {}", among("author",2)), vec![n(1), v(ids)]),
        ("int appeal", format!("SELECT body FROM intention WHERE ledger_id = $1 AND live AND {}", among("appeal",2)), vec![n(1), v(ids)]),
        ("obl debtor", format!("SELECT body FROM obligation WHERE ledger_id = $1 AND last_period >= 20010 AND {}", among("debtor",2)), vec![n(1), v(ids)]),
        ("obl appeal", format!("SELECT body FROM obligation WHERE ledger_id = $1 AND last_period >= 20010 AND {}", among("appeal",2)), vec![n(1), v(ids)]),
        ("offer", format!("SELECT body FROM offer WHERE ledger_id = $1 AND waiting AND {}", among("from_member",2)), vec![n(1), v(ids)]),
        ("link OLD", format!("SELECT body FROM link WHERE ledger_id = $1 AND active AND ({} OR {} OR {visited})", among("about",2), among("maker",2)), vec![n(1), v(ids)]),
        ("link NEW", format!("SELECT body FROM link WHERE ledger_id = $1 AND active AND {} UNION SELECT body FROM link WHERE ledger_id = $1 AND active AND {} UNION SELECT l.body FROM visit v JOIN link l ON l.ledger_id = v.ledger_id AND l.id = v.link WHERE v.ledger_id = $1 AND l.active AND {}", among("about",2), among("maker",2), among("v.member",2)), vec![n(1), v(ids)]),
        ("blocks", format!("SELECT blocker, blocked FROM block WHERE ledger_id = $1 AND {} UNION SELECT blocker, blocked FROM block WHERE ledger_id = $1 AND {}", among("blocker",2), among("blocked",2)), vec![n(1), v(ids)]),
        ("circles", format!("SELECT appeal, owner, helper FROM circle WHERE ledger_id = $1 AND {} UNION SELECT appeal, owner, helper FROM circle WHERE ledger_id = $1 AND {}", among("owner",2), among("helper",2)), vec![n(1), v(ids)]),
        ("circle in", format!("SELECT appeal, helper FROM circle WHERE ledger_id = $1 AND {}", among("appeal",2)), vec![n(1), v(ids)]),
        ("emerg", format!("SELECT body FROM obligation WHERE ledger_id = $1 AND NOT unsettled AND {} AND ({} OR {})", among("appeal",2), among("debtor",3), among("creditor",3)), vec![n(1), v(ids), v(ids)]),
        ("history", "SELECT * FROM (SELECT * FROM journal WHERE ledger_id = $1 AND member = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4) AS one UNION SELECT * FROM (SELECT * FROM journal WHERE ledger_id = $1 AND other = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4) AS two ORDER BY seq DESC LIMIT $4".into(), vec![n(1), n(500), n(1<<40), n(11)]),
        ("record", format!("SELECT * FROM journal WHERE ledger_id = $1 AND {} AND seq < $3 UNION SELECT * FROM journal WHERE ledger_id = $1 AND {} AND seq < $3 ORDER BY seq DESC LIMIT $4", among("record",2), among("tied",2)), vec![n(1), v("500"), n(1<<40), n(11)]),
        ("since", "SELECT * FROM journal WHERE ledger_id = $1 AND member = $2 AND at >= $3 AND at < $4 UNION SELECT * FROM journal WHERE ledger_id = $1 AND other = $2 AND at >= $3 AND at < $4 ORDER BY seq".into(), vec![n(1), n(500), n(0), n(1<<40)]),
        ("command", "SELECT j.* FROM journal j JOIN command c ON c.ledger_id = j.ledger_id AND j.seq BETWEEN c.first_seq AND c.last_seq WHERE j.ledger_id = $1 AND c.id = $2 ORDER BY j.seq".into(), vec![n(1), v("7")]),
        ("answered", format!("SELECT id, first_seq, last_seq FROM command WHERE ledger_id = $1 AND {}", texts("id",2)), vec![n(1), v("[\"7\"]")]),
        ("finished", format!("SELECT id FROM inbox WHERE ledger_id = $1 AND state <> 0 AND {}", among("id",2)), vec![n(1), v(ids)]),
        ("finish", if sq {"UPDATE inbox SET state = 1, payload = '', outcome = given.value->>1 FROM json_each($1) AS given WHERE inbox.id = (given.value->>0) AND inbox.state = 0".into()} else {"UPDATE inbox SET state = 1, payload = '', outcome = given.value->>1 FROM json_array_elements($1::json) AS given(value) WHERE inbox.id = (given.value->>0)::bigint AND inbox.state = 0".into()}, vec![v("[[5,\"x\"]]")]),
        ("waiting", "SELECT * FROM inbox WHERE ledger_id = $1 AND state = 0 ORDER BY id LIMIT 1000".into(), vec![n(1)]),
        ("due", "SELECT id FROM member WHERE ledger_id = $1 AND next_due <= $2 AND next_due IS NOT NULL ORDER BY next_due, id LIMIT $3".into(), vec![n(1), n(400), n(200)]),
        ("persons", format!("SELECT member_id, body FROM person WHERE ledger_id = $1 AND {}", among("member_id",2)), vec![n(1), v(ids)]),
        ("notes", format!("SELECT id, member_id, text FROM note WHERE ledger_id = $1 AND {}", texts("id",2)), vec![n(1), v("[\"7\"]")]),
        ("touch", format!("UPDATE account SET last_used = $2 WHERE ledger_id = $1 AND {}", pairs("platform","address","text",3)), vec![n(1), n(5), v("[[\"t\",\"5\"]]")]),
        ("pairs", format!("DELETE FROM circle WHERE ledger_id = $1 AND {}", pairs("appeal","helper","bigint",2)), vec![n(1), v("[[5,5]]")]),
        ("archive", "SELECT id FROM obligation WHERE ledger_id = $1 AND debtor = $2 AND NOT unsettled ORDER BY id DESC LIMIT 51 OFFSET $3".into(), vec![n(1), n(500), n(0)]),
        ("archive +", "SELECT id FROM obligation WHERE ledger_id = $1 AND debtor = $2 AND NOT unsettled ORDER BY +id DESC LIMIT 51 OFFSET $3".into(), vec![n(1), n(500), n(0)]),
        ("bite", "SELECT id FROM inbox WHERE +ledger_id = $1 AND id > $2 ORDER BY id LIMIT 1 OFFSET 4999".into(), vec![n(1), n(-1)]),
        ("bite del", "DELETE FROM inbox WHERE +ledger_id = $1 AND state = 1 AND received_at < $2 AND id > $3 AND id <= $4".into(), vec![n(1), n(5), n(5), n(500)]),
        ("accounts_of", "SELECT * FROM account WHERE ledger_id = $1 AND member_id = $2 ORDER BY last_used DESC, platform, address".into(), vec![n(1), n(5)]),
        ("edges", "SELECT appeal, helper, owner FROM circle WHERE ledger_id = $1 AND (appeal, helper) > ($2, $3) ORDER BY appeal, helper LIMIT 10000".into(), vec![n(1), n(5), n(5)]),
        ("erase menu", format!("DELETE FROM menu WHERE ledger_id = $1 AND (platform, address) IN (SELECT platform, address FROM account WHERE ledger_id = $1 AND {})", among("member_id",2)), vec![n(1), v(ids)]),
        ("lease out", "SELECT DISTINCT recipient FROM outbox WHERE ledger_id = $1 AND cause = $2".into(), vec![n(1), n(5)]),
        ("setaside", "UPDATE member SET next_due = $3 WHERE ledger_id = $1 AND id = $2".into(), vec![n(1), n(5), n(5)]),
    ];
    for (name, sql, values) in tests {
        let sql = if sq { format!("EXPLAIN QUERY PLAN {sql}") } else { format!("EXPLAIN {sql}") };
        let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await;
        let rows = match rows { Ok(rows) => rows, Err(e) => { println!("{name}: ERR {e}"); continue } };
        for row in rows {
            let line: String = if sq { row.try_get_by_index(3).unwrap() } else { row.try_get_by_index(0).unwrap() };
            println!("{name:12}| {line}");
        }
    }
}
