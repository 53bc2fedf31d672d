package org.unipayout.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.http.Environment;

class Bank131OptionsTest {
    private final KeyPair keys = Samples.keys();
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "BANK131_BASE_URL", "https://proxy.bank131.ru",
            "BANK131_PROJECT", "your_project_name",
            "BANK131_PRIVATE_KEY", Samples.privatePem(keys)));

    @Test
    void fromEnv_hostProjectAndKey_areEnough() {
        Bank131Options options =
                Bank131Options.fromEnv(Environment.of(environment)).build();

        assertThat(options.baseUrl()).isEqualTo(Bank131Options.LIVE);
        assertThat(options.project()).isEqualTo("your_project_name");
        assertThat(options.bankPublicKeys()).isEmpty();
        assertThat(options.subMerchant()).isEmpty();
    }

    @Test
    void fromEnv_everything_isTaken(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("partner.pem"), Samples.privatePem(keys));
        Path bankKey = Files.writeString(folder.resolve("bank.pem"), Samples.publicPem(keys));
        environment.remove("BANK131_PRIVATE_KEY");
        environment.put("BANK131_PRIVATE_KEY_FILE", key.toString());
        environment.put("BANK131_BANK_PUBLIC_KEY_FILE", bankKey.toString());
        environment.put("BANK131_BASE_URL", "https://demo.bank131.ru");
        environment.put("BANK131_SUBMERCHANT", "payer-1");

        Bank131Options options =
                Bank131Options.fromEnv(Environment.of(environment)).build();

        assertThat(options.baseUrl()).isEqualTo(URI.create("https://demo.bank131.ru"));
        assertThat(options.signer().sign(new byte[] {7}))
                .isEqualTo(Bank131Signer.of(keys.getPrivate()).sign(new byte[] {7}));
        assertThat(options.bankPublicKeys()).containsExactly(Samples.publicPem(keys));
        assertThat(options.subMerchant()).contains("payer-1");
    }

    @ParameterizedTest
    @CsvSource({
        "BANK131_BASE_URL,,BANK131_BASE_URL",
        "BANK131_PROJECT,,BANK131_PROJECT",
        "BANK131_PROJECT,' ',BANK131_PROJECT",
        "BANK131_PRIVATE_KEY,,BANK131_PRIVATE_KEY",
        "BANK131_PRIVATE_KEY,not a key,BANK131_PRIVATE_KEY",
        "BANK131_PRIVATE_KEY_FILE,/nowhere/partner.pem,BANK131_PRIVATE_KEY",
        "BANK131_BANK_PUBLIC_KEY_FILE,/nowhere/bank.pem,BANK131_BANK_PUBLIC_KEY_FILE",
        "BANK131_BASE_URL,not a url,BANK131_BASE_URL",
        "BANK131_BASE_URL,demo.bank131.ru,baseUrl"
    })
    void fromEnv_missingOrUnusable_namesTheVariable(String name, @Nullable String value, String named) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Bank131Options.fromEnv(Environment.of(environment)).build())
                .withMessageStartingWith(named + ":");
    }

    @Test
    void fromEnv_unreadableFile_namesTheVariable() {
        environment.remove("BANK131_PRIVATE_KEY");
        environment.put("BANK131_PRIVATE_KEY_FILE", "/nowhere/partner.pem");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bank131Options.fromEnv(Environment.of(environment)))
                .withMessageStartingWith("BANK131_PRIVATE_KEY_FILE:");
    }
}
