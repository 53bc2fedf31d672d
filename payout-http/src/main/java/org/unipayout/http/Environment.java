package org.unipayout.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.unipayout.Secret;

/**
 * An adapter's settings in environment variables. A variable that is set but blank counts as not set; every message names
 * the variable and none repeats its value. Immutable.
 */
public final class Environment {
    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** {@return the environment of this process} */
    public static Environment system() {
        return of(System.getenv());
    }

    /**
     * An environment that a test makes up.
     *
     * @param variables values by name
     * @return the environment
     */
    public static Environment of(Map<String, String> variables) {
        return new Environment(variables);
    }

    /**
     * An optional setting.
     *
     * @param name the variable
     * @return its value, empty if it is not set or blank
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * A setting that must be there.
     *
     * @param name the variable
     * @return its value
     * @throws IllegalArgumentException if it is not set or blank
     */
    public String required(String name) {
        return Required.text(variables.get(name), name);
    }

    /**
     * A credential that must be there.
     *
     * @param name the variable
     * @return its value
     * @throws IllegalArgumentException if it is not set, blank or of more than one line
     */
    public Secret secret(String name) {
        String value = required(name);
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + ": must be one line without control characters");
        }
        return Secret.of(value);
    }

    /**
     * A key in PEM form that must be there, in the variable itself or in the file that {@code <name>_FILE} names.
     *
     * @param name the variable
     * @return the key
     * @throws IllegalArgumentException if neither or both are set, the file cannot be read, or it is not PEM text
     */
    public Secret pem(String name) {
        String value =
                textOrFile(name).orElseThrow(() -> new IllegalArgumentException(name + ": is required and not blank"));
        if (!value.contains("-----BEGIN ")) {
            throw new IllegalArgumentException(name + ": must be PEM text, with its BEGIN and END lines");
        }
        return Secret.pem(value);
    }

    /**
     * An optional text of several lines, in the variable itself or in the file that {@code <name>_FILE} names.
     *
     * @param name the variable
     * @return the text, empty if neither is set
     * @throws IllegalArgumentException if both are set or the file cannot be read
     */
    public Optional<String> textOrFile(String name) {
        Optional<String> text = text(name);
        Optional<String> file = text(name + "_FILE");
        if (text.isPresent() && file.isPresent()) {
            throw new IllegalArgumentException(name + ": set it or " + name + "_FILE, but not both");
        }
        return file.map(path -> content(name, path)).or(() -> text);
    }

    private static String content(String name, String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | InvalidPathException unreadable) {
            throw new IllegalArgumentException(name + "_FILE: the file cannot be read");
        }
    }

    /**
     * The provider's address, which must be there: a default would send a forgotten setting's money to the wrong host.
     *
     * @param name the variable
     * @param example an address for the message
     * @return the address
     * @throws IllegalArgumentException if it is not set or not a URL; without the value, which may hold credentials
     */
    public URI url(String name, URI example) {
        try {
            return URI.create(required(name));
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(name + ": is required and must be a URL such as " + example);
        }
    }

    /** {@return how many variables there are, and none of them} */
    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables]";
    }
}
