package org.unipayout.http;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.Versioned;
import java.net.Socket;

/**
 * Whether the libraries beneath were put on the class path in versions that fit. Another library may bring its own, and which of two
 * comes first is then decided by the order of dependencies; without a word about it every payout would end in a {@link LinkageError}.
 */
final class Neighbours {
    private static final int OKHTTP = 5;
    private static final int JACKSON = 2;
    private static final int JACKSON_MINOR = 15;

    private Neighbours() {}

    /**
     * Looks at what was loaded.
     *
     * @throws IllegalStateException if one does not fit; says which, from where, and the cure
     */
    static void check() {
        checkOkHttp();
        checkOkio();
        checkJackson("jackson-core", "com.fasterxml.jackson.core.json.PackageVersion");
        checkJackson("jackson-databind", "com.fasterxml.jackson.databind.cfg.PackageVersion");
    }

    private static void checkOkHttp() {
        String found = okHttpVersion();
        if (major(found) < OKHTTP) {
            throw new IllegalStateException(
                    "class path: OkHttp " + found + " is found before the one that payouts are sent with,"
                            + " okhttp-jvm 5. The two are different artifacts, so the build keeps both: exclude"
                            + " com.squareup.okhttp3:okhttp where it comes from (mvn dependency:tree"
                            + " -Dincludes=com.squareup.okhttp3), or import okhttp-bom 5 and name okhttp-jvm first");
        }
    }

    /** Okio tells no version. The class came to OkHttp with a need of the method, without which each call would end in an error. */
    private static void checkOkio() {
        ClassLoader loader = Neighbours.class.getClassLoader();
        try {
            Class.forName("okhttp3.internal.connection.BufferedSocketKt", false, loader);
        } catch (ClassNotFoundException e) {
            return;
        }
        try {
            Class.forName("okio.Okio", false, loader).getMethod("socket", Socket.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "class path: an Okio is found that is older than OkHttp " + okHttpVersion()
                            + " needs. Let com.squareup.okio:okio-jvm have the version that okhttp-jvm asks for"
                            + " (mvn dependency:tree -Dverbose -Dincludes=com.squareup.okio shows who asks for another)",
                    e);
        }
    }

    /** Read at run time: the compiler would copy the constant of the version that it sees. */
    private static String okHttpVersion() {
        try {
            return (String) Class.forName("okhttp3.OkHttp").getField("VERSION").get(null);
        } catch (ReflectiveOperationException e) {
            return "3 or older";
        }
    }

    private static int major(String version) {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    private static void checkJackson(String artifact, String versionClass) {
        Version found = jacksonVersion(versionClass);
        if (found.getMajorVersion() != JACKSON || found.getMinorVersion() < JACKSON_MINOR) {
            throw new IllegalStateException(
                    "class path: " + artifact + " " + found + " is found, and 2.15 or newer is needed,"
                            + " below 3. Import jackson-bom of such a version before the BOM that sets this one");
        }
    }

    private static Version jacksonVersion(String versionClass) {
        try {
            return Class.forName(versionClass)
                    .asSubclass(Versioned.class)
                    .getDeclaredConstructor()
                    .newInstance()
                    .version();
        } catch (ReflectiveOperationException e) {
            return Version.unknownVersion();
        }
    }
}
