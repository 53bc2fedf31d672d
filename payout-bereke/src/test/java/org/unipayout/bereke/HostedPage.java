package org.unipayout.bereke;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The recipient's browser on the bank's card form. */
final class HostedPage {
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern ORDER = Pattern.compile("name=\"mdOrder\" value=\"([^\"]+)\"");

    private HostedPage() {}

    /** Reads the form, types the card and submits it. */
    static void payTo(String card, URI formUrl) {
        try {
            String page = new String(open(formUrl).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            HttpURLConnection form = open(formUrl.resolve(find(ACTION, page)));
            form.setDoOutput(true);
            form.setInstanceFollowRedirects(false);
            form.getOutputStream()
                    .write(("mdOrder=" + find(ORDER, page) + "&pan=" + card + "&cardholder=CARDHOLDER+NAME")
                            .getBytes(StandardCharsets.UTF_8));
            if (form.getResponseCode() >= 400) {
                throw new AssertionError("the bank's page refused the card: HTTP " + form.getResponseCode());
            }
        } catch (IOException e) {
            throw new AssertionError("the bank's page did not answer", e);
        }
    }

    /** Whether the form still takes a card. */
    static boolean isOpen(URI formUrl) {
        try {
            return open(formUrl).getResponseCode() == 200;
        } catch (IOException e) {
            throw new AssertionError("the bank's page did not answer", e);
        }
    }

    private static HttpURLConnection open(URI address) throws IOException {
        return (HttpURLConnection) address.toURL().openConnection();
    }

    private static String find(Pattern pattern, String page) {
        Matcher found = pattern.matcher(page);
        if (!found.find()) {
            throw new AssertionError("the page has no " + pattern);
        }
        return found.group(1);
    }
}
