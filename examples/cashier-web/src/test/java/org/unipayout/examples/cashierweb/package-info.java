@org.jspecify.annotations.NullMarked
package org.unipayout.examples.cashierweb;
