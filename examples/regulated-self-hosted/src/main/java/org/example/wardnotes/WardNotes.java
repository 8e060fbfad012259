package org.example.wardnotes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class WardNotes {
    public static void main(String[] args) {
        SpringApplication.run(WardNotes.class, args);
    }
}
