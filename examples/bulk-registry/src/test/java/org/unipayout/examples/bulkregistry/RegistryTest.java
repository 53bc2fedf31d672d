package org.unipayout.examples.bulkregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unipayout.Money;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaPayoutClient;

class RegistryTest {
    private static final String HEADER = "reference,amount,currency,token,name,description\r\n";

    @TempDir
    Path folder;

    private List<Row> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Row> read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("registry.csv"), bytes);
        IokaOptions options = IokaOptions.builder(URI.create("http://127.0.0.1:1"), Secret.of("unused"))
                .build();
        try (IokaPayoutClient client = IokaPayoutClient.open(options)) {
            return Registry.read(file, client.capabilities());
        }
    }

    private String sentenceOf(String row) throws IOException {
        List<Row> rows = read(HEADER + row + "\r\nlast,10.00,KZT,card,,\r\n");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1)).isInstanceOf(Row.Payable.class);
        return ((Row.Refused) rows.get(0)).sentence();
    }

    @Test
    void read_goodRow_isTheRequest() throws IOException {
        Row.Payable row = (Row.Payable) read(HEADER + "a-1,1500.51,KZT,card,\"Получатель, первый\",\"«Аванс»\"\r\n")
                .get(0);

        assertThat(row.line()).isEqualTo(2);
        assertThat(row.request().reference()).isEqualTo("a-1");
        assertThat(row.request().amount()).isEqualTo(Money.ofMinor(150051, "KZT"));
        assertThat(row.request().recipient()).isEqualTo(new Recipient.SavedCard("card"));
        assertThat(row.request().recipientDetails().orElseThrow().fullName()).contains("Получатель, первый");
        assertThat(row.request().description()).contains("«Аванс»");
    }

    @Test
    void read_columnsInAnotherOrderAndByteOrderMark_areTheSame() throws IOException {
        List<Row> rows = read("\uFEFFtoken,amount,reference,currency,description,name\r\ncard,10.00,a-1,KZT,,\r\n");

        assertThat(rows).singleElement().isInstanceOf(Row.Payable.class);
        assertThat(rows.get(0).reference()).isEqualTo("a-1");
    }

    @Test
    void read_badAmount_isRefusedAndTheRestGoesOn() throws IOException {
        assertThat(sentenceOf("a,12 тенге,KZT,card,,")).startsWith("line 2, amount: must be a number");
        assertThat(sentenceOf("a,\"10,00\",KZT,card,,")).startsWith("line 2, amount: must be a number");
        assertThat(sentenceOf("a,-1,KZT,card,,")).startsWith("line 2, amount: ");
        assertThat(sentenceOf("a,1e3,KZT,card,,")).startsWith("line 2, amount: ");
        assertThat(sentenceOf("a,0.00,KZT,card,,")).startsWith("line 2, amount: ");
        assertThat(sentenceOf("a,1.001,KZT,card,,")).startsWith("line 2, amount: ");
    }

    @Test
    void read_otherBadFields_areNamed() throws IOException {
        assertThat(sentenceOf("a,10.00,тенге,card,,")).startsWith("line 2, currency: ");
        assertThat(sentenceOf("a,10.00,RUB,card,,")).startsWith("line 2, currency: is not paid by ioka");
        assertThat(sentenceOf(",10.00,KZT,card,,")).startsWith("line 2, reference: ");
        assertThat(sentenceOf("a b,10.00,KZT,card,,")).startsWith("line 2, reference: ");
        assertThat(sentenceOf("a,10.00,KZT,,,")).startsWith("line 2, ").contains("token: ");
        assertThat(sentenceOf("a,10.00,KZT")).startsWith("line 2, columns: has 3 fields");
    }

    @Test
    void read_tokenOfABadRow_isNotRepeated() throws IOException {
        assertThat(sentenceOf("a,10.00,RUB,secret-token,Имя,")).doesNotContain("secret-token", "Имя");
        assertThat(sentenceOf("a,1.001,KZT,secret-token,Имя,")).doesNotContain("secret-token", "Имя");
        assertThat(sentenceOf("a b,10.00,KZT,secret-token,Имя,")).doesNotContain("secret-token", "Имя");
    }

    @Test
    void read_repeatedReference_isRefusedWithTheEarlierLine() throws IOException {
        List<Row> rows =
                read(HEADER + "a,10.00,KZT,card,,\r\n\r\nb,10.00,KZT,card,,\"two\r\nlines\"\r\na,10.00,KZT,card,,\r\n");

        assertThat(rows).hasSize(3);
        assertThat(((Row.Refused) rows.get(2)).sentence()).isEqualTo("line 6, reference: is on line 2 already");
    }

    @Test
    void read_quoteThatIsNotClosed_refusesTheFileWithTheLine() {
        assertThatThrownBy(() -> read(HEADER + "a,10.00,KZT,card,,\r\nb,10.00,KZT,card,\"open,\r\nc,1,KZT,card,,\r\n"))
                .isInstanceOf(Registry.UnreadableRegistryException.class)
                .hasMessageContaining("from line 3 on");
    }

    @Test
    void read_missingColumn_refusesTheFileWithItsName() {
        assertThatThrownBy(() -> read("reference,amount,currency,name,description\r\n"))
                .isInstanceOf(Registry.UnreadableRegistryException.class)
                .hasMessageEndingWith("missing are token");
    }

    @Test
    void read_otherEncoding_refusesTheFile() {
        assertThatThrownBy(() -> read(new byte[] {(byte) 0xCF, (byte) 0xF0}))
                .isInstanceOf(Registry.UnreadableRegistryException.class)
                .hasMessage("the file is not UTF-8");
    }
}
