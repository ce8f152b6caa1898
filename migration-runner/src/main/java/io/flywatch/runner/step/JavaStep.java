package io.flywatch.runner.step;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * What no pipeline can say: a bean of the runner does it.
 *
 * @param bean its name
 * @param version what the bean says of itself; empty as long as nobody asked it
 * @param with what the file gives the bean
 */
public record JavaStep(String name, String bean, String version, BsonDocument with) implements Step {

    /** The same, with the version that the bean declares. */
    public JavaStep of(String declared) {
        return new JavaStep(name, bean, declared, with);
    }

    /** Which collections it changes the bean alone knows, so they go by its name. */
    @Override
    public String collection() {
        return bean;
    }

    @Override
    public BsonDocument content() {
        return new BsonDocument("java", new BsonString(bean))
                .append("version", new BsonString(version))
                .append("with", with);
    }
}
