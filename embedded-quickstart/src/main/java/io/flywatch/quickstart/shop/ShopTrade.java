package io.flywatch.quickstart.shop;

import io.flywatch.quickstart.load.Trade;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What happens in a shop: new orders, their way through the house, prices, customers, and now and then something odd. */
public final class ShopTrade implements Trade {

    private static final int CUSTOMERS = 20_000;
    private static final int PRODUCTS = 2_000;
    private static final String[] STATUS = {"placed", "paid", "packed", "shipped", "returned", "cancelled"};

    private final RandomGenerator random;
    private long lastOrder = 60_000;
    private int lastCustomer = CUSTOMERS;

    /** Trades as the numbers say. */
    public ShopTrade(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int once(Connection shop) throws SQLException {
        int dice = random.nextInt(100);
        if (dice < 20) {
            return placeOrder(shop);
        }
        if (dice < 55) {
            return moveOrder(shop);
        }
        if (dice < 75) {
            return changePrice(shop);
        }
        if (dice < 78) {
            return rewriteManual(shop);
        }
        if (dice < 88) {
            return changeCustomer(shop);
        }
        if (dice < 91) {
            return newCustomer(shop);
        }
        if (dice < 95) {
            return dropOrder(shop);
        }
        if (dice < 97) {
            return replaceLine(shop);
        }
        return random.nextBoolean() ? renamePayment(shop) : renumberLines(shop);
    }

    private int placeOrder(Connection shop) throws SQLException {
        long order = ++lastOrder;
        int lines = 1 + random.nextInt(4);
        int changed = run(
                shop,
                "INSERT INTO orders VALUES (?, ?, 'placed', now(), current_date + 2, ?::numeric, jsonb_build_object('city', 'Köln', 'express', ?), null)",
                order,
                customer(),
                price(),
                random.nextBoolean());
        for (int line = 1; line <= lines; line++) {
            changed += insertLine(shop, order, line);
        }
        return changed
                + run(shop, "INSERT INTO payments VALUES (?, ?, ?::numeric, 'card', now())", uuid(), order, price());
    }

    private int insertLine(Connection shop, long order, int line) throws SQLException {
        return run(
                shop,
                "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?::numeric, null) ON CONFLICT DO NOTHING",
                order,
                line,
                sku(),
                1 + random.nextInt(5),
                price());
    }

    private int moveOrder(Connection shop) throws SQLException {
        return run(
                shop,
                "UPDATE orders SET status = ?::order_status WHERE id = ?",
                STATUS[random.nextInt(STATUS.length)],
                order());
    }

    // The manual, large and out of line, stays as it is and is therefore missing from the change.
    private int changePrice(Connection shop) throws SQLException {
        return run(
                shop,
                "UPDATE products SET price = ?::numeric, stock = stock + ?, updated_at = now() WHERE sku = ?",
                price(),
                random.nextInt(-3, 10),
                sku());
    }

    private int rewriteManual(Connection shop) throws SQLException {
        return run(
                shop,
                "UPDATE products SET manual = (SELECT string_agg(md5(? || part::text), '') FROM generate_series(1, 320) AS part) WHERE sku = ?",
                "m" + random.nextInt(),
                sku());
    }

    private int changeCustomer(Connection shop) throws SQLException {
        return run(
                shop,
                "UPDATE customers SET preferences = jsonb_set(preferences, '{limits,daily}', to_jsonb(?)), tags = array_append(tags[1:3], ?) WHERE id = ?",
                random.nextInt(1000),
                "seen-" + random.nextInt(100),
                customer());
    }

    private int newCustomer(Connection shop) throws SQLException {
        int id = ++lastCustomer;
        return run(
                shop,
                "INSERT INTO customers VALUES (?, ?, 'New 🙂 Customer', 'DE', null, true, null, '{}', '{}', now())",
                (long) id,
                "customer" + id + "@shop.example");
    }

    private int dropOrder(Connection shop) throws SQLException {
        long order = order();
        return run(shop, "DELETE FROM order_lines WHERE order_id = ?", order)
                + run(shop, "DELETE FROM payments WHERE order_id = ?", order)
                + run(shop, "DELETE FROM orders WHERE id = ?", order);
    }

    // The same key is deleted and comes again in one transaction.
    private int replaceLine(Connection shop) throws SQLException {
        long order = order();
        int deleted = run(shop, "DELETE FROM order_lines WHERE order_id = ? AND line_no = 1", order);
        return deleted == 0 ? 0 : deleted + insertLine(shop, order, 1);
    }

    private int renamePayment(Connection shop) throws SQLException {
        return run(
                shop,
                "UPDATE payments SET id = ? WHERE id = (SELECT id FROM payments WHERE order_id = ? LIMIT 1)",
                uuid(),
                order());
    }

    private int renumberLines(Connection shop) throws SQLException {
        return run(shop, "UPDATE order_lines SET line_no = line_no + 10 WHERE order_id = ?", order());
    }

    private static int run(Connection shop, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = shop.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private long customer() {
        return 1 + (long) (CUSTOMERS * Math.pow(random.nextDouble(), 3));
    }

    private String sku() {
        return "SKU-%05d".formatted(1 + (int) (PRODUCTS * Math.pow(random.nextDouble(), 4)));
    }

    private long order() {
        // Young orders move most.
        return lastOrder - (long) (lastOrder * Math.pow(random.nextDouble(), 3));
    }

    private String price() {
        return "%d.%02d".formatted(1 + random.nextInt(300), random.nextInt(100));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
