-- The demo's shop. A few customers buy most, and a few products are bought by nearly all.
CREATE TYPE order_status AS ENUM ('placed', 'paid', 'packed', 'shipped', 'returned', 'cancelled');

CREATE TABLE customers (
    id bigint PRIMARY KEY,
    email text NOT NULL,
    name varchar(120) NOT NULL,
    country char(2) NOT NULL,
    born date,
    newsletter boolean NOT NULL,
    credit_limit numeric(12, 2),
    tags text[] NOT NULL,
    preferences jsonb NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE products (
    sku text PRIMARY KEY,
    public_id uuid NOT NULL,
    name text NOT NULL,
    price numeric(10, 2) NOT NULL,
    stock integer NOT NULL,
    weight_kg double precision,
    box_cm integer[],
    attributes jsonb NOT NULL,
    fingerprint bytea,
    manual text,
    updated_at timestamptz NOT NULL
);
-- Kept out of line, and therefore left out of the log when a row is changed elsewhere.
ALTER TABLE products ALTER COLUMN manual SET STORAGE EXTERNAL;

CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    status order_status NOT NULL,
    placed_at timestamptz NOT NULL,
    deliver_on date,
    total numeric(12, 2) NOT NULL,
    shipping jsonb,
    note text
);

CREATE TABLE order_lines (
    order_id bigint NOT NULL REFERENCES orders,
    line_no integer NOT NULL,
    sku text NOT NULL REFERENCES products,
    quantity smallint NOT NULL,
    unit_price numeric(10, 2) NOT NULL,
    discount numeric(5, 4),
    PRIMARY KEY (order_id, line_no)
);

CREATE TABLE payments (
    id uuid PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    amount numeric(12, 2) NOT NULL,
    method text NOT NULL,
    paid_at timestamptz NOT NULL,
    refunded boolean NOT NULL DEFAULT false
);
CREATE INDEX payments_order ON payments (order_id);

SET max_parallel_workers_per_gather = 0;
SELECT setseed(0.42);

INSERT INTO customers
SELECT i,
       'customer' || i || '@shop.example',
       (ARRAY['Ada', 'Grace', 'Edsger', 'Barbara', 'Donald', 'Радия', '静香', 'Zoë', 'Þór', '👩‍🚀 Mae'])[1 + floor(random() * 10)::int]
           || ' ' || (ARRAY['Lovelace', 'Hopper', 'Dijkstra', 'Liskov', 'Knuth', 'O''Neil', 'Çelik'])[1 + floor(random() * 7)::int],
       (ARRAY['DE', 'AT', 'CH', 'FR', 'PL', 'JP', 'US'])[1 + floor(random() * 7)::int],
       CASE WHEN random() < 0.8 THEN date '1940-01-01' + floor(random() * 24000)::int END,
       random() < 0.3,
       CASE WHEN random() < 0.5 THEN round((random() * 20000)::numeric, 2) END,
       CASE WHEN random() < 0.3 THEN '{}' ELSE ARRAY['since-' || (2015 + floor(random() * 10)::int), 'tier-' || floor(random() * 4)::int] END,
       jsonb_build_object('language', (ARRAY['de', 'en', 'fr'])[1 + floor(random() * 3)::int],
                          'contact', jsonb_build_array('mail', floor(random() * 9)::int, random() < 0.5, null),
                          'limits', jsonb_build_object('daily', floor(random() * 1000)::int)),
       timestamptz '2020-01-01 00:00:00+00' + random() * interval '5 years'
FROM generate_series(1, 20000) AS i;

INSERT INTO products
SELECT 'SKU-' || lpad(i::text, 5, '0'),
       md5('product' || i)::uuid,
       (ARRAY['Lamp', 'Chair', 'Kettle', 'Bicycle', 'Notebook', 'Headphones'])[1 + i % 6] || ' no. ' || i,
       round((1 + power(random(), 4) * 900)::numeric, 2),
       floor(random() * 500)::int,
       CASE WHEN random() < 0.9 THEN random() * 30 END,
       CASE WHEN random() < 0.9 THEN ARRAY[floor(random() * 90)::int, floor(random() * 90)::int, floor(random() * 90)::int] END,
       jsonb_build_object('colour', (ARRAY['red', 'green', 'blue'])[1 + floor(random() * 3)::int], 'rating', round((random() * 5)::numeric, 1)),
       decode(md5('image' || i), 'hex'),
       CASE WHEN i % 4 = 0 THEN (SELECT string_agg(md5(i || '/' || part), '') FROM generate_series(1, 300 + i % 100) AS part)
            WHEN i % 4 = 1 THEN 'See the leaflet.' END,
       timestamptz '2025-01-01 00:00:00+00' + random() * interval '200 days'
FROM generate_series(1, 2000) AS i;

INSERT INTO orders
SELECT i,
       1 + floor(20000 * power(random(), 3))::bigint,
       (enum_range(null::order_status))[1 + floor(6 * random())::int],
       timestamptz '2025-01-01 00:00:00+00' + (i * interval '9 minutes') + random() * interval '9 minutes',
       CASE WHEN random() < 0.7 THEN date '2025-01-02' + (i / 160) END,
       round((5 + random() * 400)::numeric, 2),
       CASE WHEN random() < 0.6 THEN jsonb_build_object('city', (ARRAY['Köln', 'Wien', 'Łódź', 'Tōkyō'])[1 + floor(random() * 4)::int], 'express', random() < 0.2) END,
       CASE WHEN random() < 0.05 THEN 'Please ring twice.' WHEN random() < 0.05 THEN '' END
FROM generate_series(1, 60000) AS i;

INSERT INTO order_lines
SELECT o.id, line,
       'SKU-' || lpad((1 + floor(2000 * power(random(), 4)))::int::text, 5, '0'),
       1 + floor(power(random(), 3) * 9)::int,
       round((1 + random() * 200)::numeric, 2),
       CASE WHEN random() < 0.2 THEN round((random() * 0.5)::numeric, 4) END
FROM orders AS o, generate_series(1, 1 + (o.id % 4)::int) AS line;

INSERT INTO payments
SELECT md5('payment' || o.id)::uuid, o.id, o.total,
       (ARRAY['card', 'invoice', 'transfer', 'voucher'])[1 + floor(power(random(), 2) * 4)::int],
       o.placed_at + random() * interval '2 days',
       random() < 0.02
FROM orders AS o WHERE o.id % 6 <> 0;

ANALYZE;
